import type { Caller } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { assetFor } from './access.ts'
import { presentRows } from './present.ts'
import { changeAsset } from './store.ts'

/** Renames a file, or describes it in words. Posts that use it keep their own alt text. */
export async function updateAsset(
  caller: Caller,
  { id, name, altText }: { id: string; name?: string | undefined; altText?: string | undefined },
) {
  return caller.tx(async (tx) => {
    const before = await assetFor(tx, caller, id)
    const after = { ...before, name: name ?? before.name, altText: altText ?? before.altText }
    await changeAsset(tx, caller.workspaceId, id, { name: after.name, altText: after.altText })
    await record(tx, {
      workspaceId: caller.workspaceId,
      name: 'asset.changed',
      subject: { kind: 'asset', id },
    })
    const shown = (await presentRows(tx, caller, [after])).get(id)
    if (!shown) throw new Error('A file that was just there is gone')
    return shown
  })
}
