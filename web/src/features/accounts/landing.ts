import type { QueryClient } from '@tanstack/react-query'
import { query } from '../../app/api.ts'
import { paths } from '../../app/paths.ts'

const key = 'avow-last-workspace'

/** Remembers on this device which workspace was open, to come back to it. */
export function rememberWorkspace(id: string): void {
  localStorage.setItem(key, id)
}

/** Where a person goes after signing in: the workspace of last time, the first one, or a new one. */
export async function landingPath(queries: QueryClient): Promise<string> {
  const { workspaces } = await queries.fetchQuery(query.accounts.me.queryOptions())
  const last = localStorage.getItem(key)
  const open = workspaces.find(({ id }) => id === last) ?? workspaces[0]
  return open ? paths.calendar(open.id) : paths.newWorkspace()
}
