import { json, type VendorRoute } from '../../vendor.ts'
import { claimsOf } from './claims.ts'

export const userinfo: VendorRoute = {
  hosts: ['openidconnect.googleapis.com'],
  method: 'GET',
  path: '/v1/userinfo',
  operation: 'GET /v1/userinfo',
  handle: ({ world, headers }) => {
    const [, value] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
    const token = world.google.tokens.get(value ?? '')
    const person = world.google.people.get(token?.sub ?? '')
    const isLive = token?.kind === 'access' && (token.expiresAt ?? 0) > world.clock.now()
    if (!token || !person || !isLive) {
      return json(401, { error: 'invalid_request', error_description: 'Invalid Credentials' })
    }
    return json(200, claimsOf(person, token.scope))
  },
}
