import { json, type VendorRoute } from '../../vendor.ts'

export const certs: VendorRoute = {
  hosts: ['www.googleapis.com'],
  method: 'GET',
  path: '/oauth2/v3/certs',
  operation: 'GET /oauth2/v3/certs',
  handle: async ({ world }) => {
    const { publicJwk } = await world.google.signingKey()
    world.changed()
    return json(200, { keys: [publicJwk] }, { 'cache-control': 'public, max-age=21600' })
  },
}
