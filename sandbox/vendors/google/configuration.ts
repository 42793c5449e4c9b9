import { json, type VendorRoute } from '../../vendor.ts'

export const ISSUER = 'https://accounts.google.com'

/** The provider's own document, with Google's real addresses: the product reaches them through its egress. */
export const configuration: VendorRoute = {
  hosts: ['accounts.google.com'],
  method: 'GET',
  path: '/.well-known/openid-configuration',
  operation: 'GET /.well-known/openid-configuration',
  handle: () =>
    json(
      200,
      {
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/o/oauth2/v2/auth`,
        token_endpoint: 'https://oauth2.googleapis.com/token',
        userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
        revocation_endpoint: 'https://oauth2.googleapis.com/revoke',
        jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        scopes_supported: ['openid', 'email', 'profile'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        claims_supported: [
          'aud',
          'email',
          'email_verified',
          'exp',
          'family_name',
          'given_name',
          'iat',
          'iss',
          'name',
          'picture',
          'sub',
        ],
        code_challenge_methods_supported: ['plain', 'S256'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
      },
      { 'cache-control': 'public, max-age=3600' },
    ),
}
