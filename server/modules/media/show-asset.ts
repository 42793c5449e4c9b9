import type { Asset } from '../../../contract/media.ts'
import type { Caller } from '../../platform/context.ts'
import { assetFor } from './access.ts'
import { presentRows } from './present.ts'

/** One file of the library. */
export async function showAsset(caller: Caller, { id }: { id: string }): Promise<Asset> {
  return caller.tx(async (tx) => {
    const shown = (await presentRows(tx, caller, [await assetFor(tx, caller, id)])).get(id)
    if (!shown) throw new Error('A file that was just there is gone')
    return shown
  })
}
