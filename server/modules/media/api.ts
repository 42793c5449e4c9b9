import { implement } from '@orpc/server'
import { media } from '../../../contract/media.ts'
import { type ApiContext, inside } from '../../platform/api.ts'
import { deleteAsset } from './delete-asset.ts'
import { listAssets } from './list-assets.ts'
import { showAsset } from './show-asset.ts'
import { updateAsset } from './update-asset.ts'

const api = implement(media).$context<ApiContext>().use(inside)

export const mediaApi = {
  assets: api.assets.handler(({ context, input }) => listAssets(context.caller, input)),
  asset: api.asset.handler(({ context, input }) => showAsset(context.caller, input)),
  updateAsset: api.updateAsset.handler(({ context, input }) => updateAsset(context.caller, input)),
  deleteAsset: api.deleteAsset.handler(({ context, input }) => deleteAsset(context.caller, input)),
}
