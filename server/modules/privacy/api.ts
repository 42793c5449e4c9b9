import { implement } from '@orpc/server'
import { contract } from '../../../contract/index.ts'
import { type ApiContext, inside } from '../../platform/api.ts'
import { listReceipts } from './list-receipts.ts'

const os = implement(contract.privacy).$context<ApiContext>().use(inside)

export const privacyApi = os.router({
  receipts: os.receipts.handler(({ context, input }) =>
    listReceipts(context.caller, input ?? { limit: 50 }),
  ),
})
