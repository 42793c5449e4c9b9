/** What can go wrong on the way out. Each tells whether the other side may have seen the request. */

type Known = {
  host: string
  /**
   * False only when surely no byte of the request left: then, and only then, it is safe to send an
   * irreversible request again. True means "may have been sent".
   */
  sent: boolean
  /** The status, when the answer had begun before it broke off. */
  status?: number | undefined
  cause?: unknown
}

/** The base of all. Messages name the host, never path, query or body. */
export class EgressError extends Error {
  override readonly name: string = 'EgressError'
  readonly host: string
  /** As `Known.sent`. Becomes true when an earlier request of the same chain of redirects was sent. */
  sent: boolean
  readonly status: number | undefined

  constructor(message: string, known: Known) {
    super(message, known.cause === undefined ? undefined : { cause: known.cause })
    this.host = known.host
    this.sent = known.sent
    this.status = known.status
  }
}

/** Our own rules forbid it. `sent` is true when a redirect led there. */
export class EgressRefused extends EgressError {
  override readonly name = 'EgressRefused'
}

/** Not done within its time. */
export class EgressTimeout extends EgressError {
  override readonly name = 'EgressTimeout'
}

/** The answer is larger than the caller takes. */
export class EgressTooLarge extends EgressError {
  override readonly name = 'EgressTooLarge'
}

/** Network, TLS or protocol broke, or the caller aborted (`code` is then `aborted`). */
export class EgressFailed extends EgressError {
  override readonly name = 'EgressFailed'
  /** Of Node or undici, e.g. ECONNREFUSED, ENOTFOUND, UND_ERR_SOCKET. */
  readonly code: string

  constructor(message: string, known: Known & { code: string }) {
    super(message, known)
    this.code = known.code
  }
}

/** Any fault of the network layer as one of ours. */
export function toEgressError(fault: unknown, known: Omit<Known, 'cause'>): EgressError {
  if (fault instanceof EgressError) return fault
  const code = codeOf(fault)
  const parts = { ...known, cause: fault }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new EgressTimeout(`No connection to ${known.host} in time.`, parts)
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new EgressTooLarge(`The headers of ${known.host} are too large.`, parts)
  }
  const what = known.sent
    ? `The exchange with ${known.host} broke off (${code}).`
    : `The request to ${known.host} could not be sent (${code}).`
  return new EgressFailed(what, { ...parts, code })
}

function codeOf(fault: unknown): string {
  const { code, name } = (fault ?? {}) as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}
