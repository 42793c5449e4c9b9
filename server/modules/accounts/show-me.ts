import type { Visitor } from '../../platform/api.ts'
import { AppError } from '../../platform/errors.ts'
import { selectPerson, selectWorkspacesOf } from './store.ts'

/** The person who is signed in, and the workspaces that they belong to. */
export async function showMe(visitor: Visitor) {
  return visitor.database.person(visitor.personId, async (tx) => {
    const person = await selectPerson(tx, visitor.personId)
    if (!person) throw new AppError('unauthenticated', { message: 'This account is gone.' })
    return { person, workspaces: await selectWorkspacesOf(tx, visitor.personId) }
  })
}
