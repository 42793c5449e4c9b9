import { json } from '../../vendor.ts'
import { operation, readQuery } from './operation.ts'
import { presentAccount } from './present.ts'
import { noQuery } from './schemas.ts'

export const userAccountRoutes = [
  operation({
    name: 'GET /user_account',
    scopes: ['user_accounts:read'],
    category: 'org_read',
    handle: (call, { account }) => {
      readQuery(call, noQuery)
      return json(200, presentAccount(call.world, account))
    },
  }),
]
