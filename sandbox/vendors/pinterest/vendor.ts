import { type Answer, type Call, type Failure, json, type Vendor } from '../../vendor.ts'
import { grantOf } from './authorise.ts'
import { boardRoutes, removeBoard } from './boards.ts'
import { createPin } from './create-pin.ts'
import { mediaRoutes } from './media.ts'
import { pinRoutes } from './pins.ts'
import { rateHeaders } from './rate-limits.ts'
import { s3Error, UPLOAD_HOST, uploadVideo } from './s3-upload.ts'
import { sectionRoutes } from './sections.ts'
import { tokenRoutes } from './token.ts'
import { userAccountRoutes } from './user-account.ts'

const SCOPES_BY_PATH: [RegExp, string][] = [
  [/pins|media/, 'pins:write'],
  [/boards/, 'boards:read'],
  [/user_account/, 'user_accounts:read'],
]

/** Pinterest's API v5 and the storage that takes its videos. */
export const pinterestVendor: Vendor = {
  name: 'pinterest',
  hosts: ['api.pinterest.com', 'api-sandbox.pinterest.com', UPLOAD_HOST],
  routes: [
    ...tokenRoutes,
    ...userAccountRoutes,
    ...boardRoutes,
    ...sectionRoutes,
    ...mediaRoutes,
    createPin,
    ...pinRoutes,
    uploadVideo,
  ],
  newRequestId: () => String(crypto.getRandomValues(new BigUint64Array(1))[0]),
  accountOf,
  arrange,
  failure,
  answered,
}

function accountOf(call: Call): string[] {
  const grant = grantOf(call) ?? grantOfRefresh(call)
  const account = grant && call.world.pinterest.accounts.get(grant.accountId)
  return account ? [account.id, account.username] : []
}

function grantOfRefresh(call: Call) {
  if (!call.url.pathname.endsWith('/oauth/token')) return undefined
  const value = new URLSearchParams(call.body.toString('utf8')).get('refresh_token') ?? ''
  const token = call.world.pinterest.tokens.get(value)
  return token && call.world.pinterest.grants.get(token.grantId)
}

function arrange(call: Call, rule: { kind: string; scope?: string | undefined }): void {
  const { pinterest, clock } = call.world
  const grant = grantOf(call)
  if (rule.kind === 'token-revoked' && grant) grant.revokedAt ??= clock.now()
  if (rule.kind === 'token-expired') {
    const value = call.headers.authorization?.split(' ')[1] ?? ''
    const token = pinterest.tokens.get(value)
    if (token) token.expiresAt = clock.now()
  }
  if (rule.kind === 'scope-lost' && grant) {
    const scope = rule.scope ?? SCOPES_BY_PATH.find(([path]) => path.test(call.url.pathname))?.[1]
    grant.scopes = grant.scopes.filter((granted) => granted !== scope)
  }
  if (rule.kind === 'board-deleted') {
    const board = pinterest.boards.get(call.params.board_id ?? boardInBody(call) ?? '')
    if (board) removeBoard(call.world, board, { requestId: call.requestId, fault: rule.kind })
  }
}

function boardInBody(call: Call): string | undefined {
  try {
    const body: { board_id?: string } = JSON.parse(call.body.toString('utf8'))
    return body.board_id
  } catch {
    return undefined
  }
}

function failure(call: Call, wanted: Failure): Answer {
  const { status, kind, message } = wanted
  if (call.url.host === UPLOAD_HOST) {
    if (kind === 's3-403') {
      return s3Error(
        call,
        403,
        'AccessDenied',
        message ?? 'Invalid according to Policy: Policy expired.',
      )
    }
    return s3Error(
      call,
      status,
      status < 500 ? 'InvalidRequest' : 'InternalError',
      message ?? 'We encountered an internal error. Please try again.',
    )
  }
  const headers: Record<string, string> = { 'x-pinterest-rid': call.requestId }
  if (wanted.retryAfter !== undefined) headers['retry-after'] = String(wanted.retryAfter)
  if (wanted.reset !== undefined) Object.assign(headers, rateHeaders(100, 0, wanted.reset))
  const said = DEFAULT_WORDS[kind] ?? DEFAULT_WORDS.error
  const code = wanted.code ?? (kind === 'error' ? status : said.code)
  return json(status, { code, message: message ?? said.message }, headers)
}

const DEFAULT_WORDS: Record<string, { code: number; message: string }> & {
  error: { code: number; message: string }
} = {
  error: { code: 500, message: 'Something went wrong on our end. Sorry about that.' },
  'rate-limit': { code: 8, message: 'You have exceeded your rate limit. Try again later.' },
  spam: {
    code: 8,
    message: 'Your request was blocked because it looks like spam. Try again later.',
  },
  'unknown-path': { code: 404, message: 'API method not found.' },
}

/** Writes that were refused go into the history: a proof must see what was asked and not done. */
function answered(call: Call, operation: string, answer: Answer): void {
  if (answer.status < 400 || call.method === 'GET') return
  const { code, message } = errorIn(answer)
  call.world.history.record(
    {
      type: 'write.refused',
      account: accountOf(call)[1] ?? null,
      operation,
      status: answer.status,
      code,
      message,
    },
    {
      requestId: call.requestId,
      fault: call.fault?.kind ?? null,
      sandboxAt: call.world.clock.iso(),
    },
  )
}

function errorIn(answer: Answer): { code: number | null; message: string } {
  try {
    const body: { code?: number; message?: string } = JSON.parse(answer.body ?? '')
    return { code: body.code ?? null, message: body.message ?? '' }
  } catch {
    return { code: null, message: (answer.body ?? '').slice(0, 200) }
  }
}
