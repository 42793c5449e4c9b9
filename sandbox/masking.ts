import type { Exchange, LoggedBody } from './exchange-log.ts'

const SECRET_FORM_FIELDS = new Set([
  'code',
  'code_verifier',
  'refresh_token',
  'client_secret',
  'token',
])
const SECRET_JSON_FIELDS =
  /"(access_token|refresh_token|id_token|policy|x-amz-security-token|x-amz-signature)"\s*:\s*"[^"]*"/g
const SECRET_MULTIPART_FIELDS = new Set(['policy', 'x-amz-security-token', 'x-amz-signature'])
const PAYLOAD_FIELD = /"(?:data|cover_image_data|content)"\s*:\s*"/g
const PAYLOAD_KEPT = 64
const HEADERS_LEFT_OUT = new Set(['cookie', 'set-cookie'])

/** The same exchange without anything that opens an account, and with long payloads cut to what a schema still accepts. */
export function masked(exchange: Exchange): Exchange {
  return {
    ...exchange,
    requestHeaders: maskedHeaders(exchange.requestHeaders),
    requestBody: maskedBody(exchange.requestBody, exchange.requestHeaders['content-type'] ?? ''),
    responseHeaders: maskedHeaders(exchange.responseHeaders),
    responseBody: maskedBody(exchange.responseBody, 'application/json'),
  }
}

function maskedHeaders(headers: Record<string, string>): Record<string, string> {
  const safe: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (HEADERS_LEFT_OUT.has(name)) continue
    safe[name] = name === 'authorization' ? value.replace(/^(\S+)\s+.*$/, '$1 ***') : value
  }
  return safe
}

function maskedBody(body: LoggedBody, contentType: string): LoggedBody {
  if (body === null) return null
  if (typeof body === 'string') {
    if (contentType.startsWith('application/x-www-form-urlencoded')) return maskedForm(body)
    return shortened(body.replace(SECRET_JSON_FIELDS, '"$1":"***"'))
  }
  if (!('multipart' in body)) return body
  const fields = Object.entries(body.multipart).map(([name, value]) => [
    name,
    SECRET_MULTIPART_FIELDS.has(name) ? '***' : value,
  ])
  return { multipart: Object.fromEntries(fields) }
}

function maskedForm(body: string): string {
  const form = new URLSearchParams(body)
  for (const name of [...form.keys()]) if (SECRET_FORM_FIELDS.has(name)) form.set(name, '***')
  return form.toString()
}

/**
 * Base64 payloads cut to a length that is still valid base64. Done on the text by plain search: a
 * regular expression over a payload of megabytes runs out of its stack.
 */
function shortened(text: string): string {
  PAYLOAD_FIELD.lastIndex = 0
  let result = ''
  let copied = 0
  for (let found = PAYLOAD_FIELD.exec(text); found; found = PAYLOAD_FIELD.exec(text)) {
    const start = PAYLOAD_FIELD.lastIndex
    const end = text.indexOf('"', start)
    if (end < 0) break
    if (end - start > PAYLOAD_KEPT) {
      result += text.slice(copied, start + PAYLOAD_KEPT)
      copied = end
    }
    PAYLOAD_FIELD.lastIndex = end
  }
  return copied === 0 ? text : result + text.slice(copied)
}
