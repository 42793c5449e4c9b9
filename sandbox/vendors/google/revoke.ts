import { json, type VendorRoute } from '../../vendor.ts'

/** Ends a token, and with it every other one that the person gave this client. */
export const revoke: VendorRoute = {
  hosts: ['oauth2.googleapis.com'],
  method: 'POST',
  path: '/revoke',
  operation: 'POST /revoke',
  handle: ({ world, url, body }) => {
    const form = new URLSearchParams(body.toString('utf8'))
    const { tokens } = world.google
    const token = tokens.get(form.get('token') ?? url.searchParams.get('token') ?? '')
    if (!token) {
      return json(400, { error: 'invalid_token', error_description: 'Token expired or revoked' })
    }
    for (const other of tokens.values()) {
      const isSameGrant = other.sub === token.sub && other.clientId === token.clientId
      if (isSameGrant) tokens.delete(other.value)
    }
    world.changed()
    return { status: 200, headers: {}, body: null }
  },
}
