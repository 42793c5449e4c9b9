/** Keeps secrets out of what is written down: by the name of a key, and by the look of a text. */

const gone = '[redacted]'

// Names are compared in lower case without - and _.
const secretNames = new Set([
  'apikey',
  'xapikey',
  'uploadurl',
  'location',
  'signedrequest',
  'policy',
  'codeverifier',
  'privatekey',
  'masterkey',
  'datakey',
  'passphrase',
  'xamzcredential',
])
const secretInName = /token|secret|password|authorization|cookie|signature/

/** Whether a value under this name must never be written down, whatever it is. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[-_]/g, '')
  return secretNames.has(plain) || secretInName.test(plain)
}

// Parameters of URLs and forms, and fields of JSON inside a text, that are secrets.
const named =
  'access_token|refresh_token|id_token|token|code_verifier|client_secret|password|secret|api_key|signature|signed_request|policy|upload_url|x-amz-signature|x-amz-credential|x-amz-security-token'

// Each runs in linear time, and none can eat a quote or a backslash: a JSON line stays JSON.
const patterns: readonly (readonly [RegExp, string])[] = [
  // Keys of Avow, Pinterest, Resend, Stripe, AWS, webhooks; JSON web tokens.
  [/\bavk_[\w-]{8,}/g, gone],
  [/\bpin[ar][_.][\w.-]{8,}/gi, gone],
  [/\bre_[A-Za-z0-9_]{16,}/g, gone],
  [/\b(?:[sr]k_(?:live|test)|whsec)_[\w+/=-]{8,}/g, gone],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, gone],
  [/\bGOCSPX-[\w-]{8,}/g, gone],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, gone],
  // HTTP credentials and cookies.
  [/\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}/gi, `$1 ${gone}`],
  [/\b((?:set-)?cookie:\s*)[^"\\\r\n]+/gi, `$1${gone}`],
  [/\b((?:proxy-)?authorization:\s*)[^"\\\r\n]+/gi, `$1${gone}`],
  // scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^/\s:@"\\]{0,256}:[^/\s@"\\]{1,256}@/gi, `$1${gone}@`],
  // ?name=value, &name=value, or a form body.
  [new RegExp(`((?:^|[?&;\\s"'])(?:code|state|${named})=)[^&\\s"'\\\\]+`, 'gi'), `$1${gone}`],
  // "name":"value", also when the quotes are escaped. Here `code` and `state` are usually facts.
  [new RegExp(`(\\\\?"(?:${named})\\\\?"\\s{0,8}:\\s{0,8}\\\\?")[^"\\\\]+`, 'gi'), `$1${gone}`],
  // An e-mail address as a parameter.
  [/([?&][^=&?\s"\\]{1,64}=)[^&?\s"\\@]{1,256}(?:@|%40)[^&?\s"\\]{1,256}/gi, `$1${gone}`],
]

/** A text (a vendor's error message, a log line) without the secrets that can be told by their look. */
export function redactText(text: string): string {
  let clean = text
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement)
  return clean
}

const deepest = 6
const mostItems = 50
const longest = 8000

/** A copy that can be written down: secrets by name gone, errors and bytes told shortly. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    return value.length > longest ? `${value.slice(0, longest)}… (${value.length})` : value
  }
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return describeError(value, depth)
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof URL) return value.href
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `[${value.byteLength} bytes]`
  if (depth >= deepest) return '[deeper]'
  if (Array.isArray(value)) {
    const items = value.slice(0, mostItems).map((item) => redactValue(item, depth + 1))
    if (value.length > mostItems) items.push(`[${value.length - mostItems} more]`)
    return items
  }
  if (value instanceof Map) return redactFields(Object.fromEntries(value), depth)
  if (value instanceof Set) return redactValue([...value], depth)
  return redactFields(value as Record<string, unknown>, depth)
}

/** As `redactValue`, for the fields of one log line. */
export function redactFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    // A number or a yes/no under such a name is a count or a fact ("tokens": 12), not the secret.
    const harmless = value == null || typeof value === 'number' || typeof value === 'boolean'
    copy[name] = !harmless && isSecretName(name) ? gone : redactValue(value, depth + 1)
  }
  return copy
}

// Only these properties: libraries hang requests, bodies and configurations on their errors.
const toldOfErrors = [
  'code',
  'status',
  'statusCode',
  'sent',
  'field',
  'details',
  'constraint',
  'table',
] as const

function describeError(error: Error, depth: number): Record<string, unknown> {
  const told: Record<string, unknown> = {
    type: error.name,
    message: error.message,
    stack: error.stack,
  }
  for (const name of toldOfErrors) {
    const value = (error as unknown as Record<string, unknown>)[name]
    if (value !== undefined) told[name] = redactValue(value, depth + 1)
  }
  if (depth >= deepest) return told
  if (error.cause !== undefined) told.cause = redactValue(error.cause, depth + 1)
  if (error instanceof AggregateError) told.errors = redactValue(error.errors, depth + 1)
  return told
}
