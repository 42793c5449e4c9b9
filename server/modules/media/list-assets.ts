import type { Caller } from '../../platform/context.ts'
import { openCursor, sealCursor } from '../../platform/cursor.ts'
import { presentRows } from './present.ts'
import { listAssets as readAssets } from './store.ts'

type Input = {
  cursor?: string | undefined
  limit: number
  kind?: string | undefined
  search?: string | undefined
}

/** A page of the library, newest first. */
export async function listAssets(caller: Caller, { cursor, limit, kind, search }: Input) {
  const [before] = openCursor(cursor, 1)
  return caller.tx(async (tx) => {
    const found = await readAssets(tx, caller.workspaceId, {
      kind,
      search,
      before,
      limit: limit + 1,
    })
    const rows = found.slice(0, limit)
    const shown = await presentRows(tx, caller, rows)
    const last = rows.at(-1)
    return {
      items: [...shown.values()],
      nextCursor: found.length > limit && last ? sealCursor(last.id) : null,
    }
  })
}
