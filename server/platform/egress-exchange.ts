/** One request and its answer over one connection, with limits and the truth about what was sent. */
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import {
  type EgressError,
  EgressFailed,
  EgressTimeout,
  EgressTooLarge,
  toEgressError,
} from './egress-errors.ts'

export type ExchangeRequest = {
  /** The real host, for errors. */
  host: string
  /** Where the bytes go. */
  target: URL
  method: string
  headers: Record<string, string>
  body: Dispatcher.DispatchOptions['body']
  timeoutMs: number
  maxBytes: number
  signal: AbortSignal | undefined
}

export type ExchangeAnswer = {
  status: number
  /** Lower-case names; repeated ones joined by comma. */
  headers: Record<string, string>
  /** Raw bytes; its errors are EgressErrors. Must be read or destroyed. */
  body: Readable
  receivedBytes(): number
}

/** Sends once, never again. @throws EgressError */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(request, resolve, reject)
    if (handler.isOver) return
    const { target, method, headers, body } = request
    dispatcher.dispatch(
      { origin: target.origin, path: target.pathname + target.search, method, headers, body },
      handler,
    )
  })
}

class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #request: ExchangeRequest
  readonly #resolve: (answer: ExchangeAnswer) => void
  readonly #reject: (error: EgressError) => void
  readonly #timer: NodeJS.Timeout
  readonly #onAbort: () => void
  #controller: Dispatcher.DispatchController | undefined
  #body: Readable | undefined
  #status: number | undefined
  #received = 0
  // Set when the exchange has ended, well or badly.
  #over: EgressError | 'well' | undefined

  constructor(
    request: ExchangeRequest,
    resolve: (answer: ExchangeAnswer) => void,
    reject: (error: EgressError) => void,
  ) {
    this.#request = request
    this.#resolve = resolve
    this.#reject = reject
    const { host, signal, timeoutMs } = request
    this.#timer = setTimeout(() => {
      this.#end(new EgressTimeout(`${host} did not answer in time.`, this.#known()))
    }, timeoutMs)
    this.#onAbort = () => {
      const known = { ...this.#known(), code: 'aborted', cause: signal?.reason }
      this.#end(new EgressFailed(`The request to ${host} was aborted.`, known))
    }
    if (signal?.aborted) this.#onAbort()
    else signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  get isOver(): boolean {
    return this.#over !== undefined
  }

  /** Called by undici right before the first byte goes to the socket. Throwing stops it there. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over !== undefined) throw new Error('given up before it was sent')
    // Undici may put a request back into its queue when a connection closes; we never send twice.
    if (this.#controller) throw new Error('would have been sent a second time')
    this.#controller = controller
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    raw: Record<string, string | string[] | undefined>,
  ): void {
    // 1xx only announce the answer.
    if (status < 200 || this.#over !== undefined) return
    this.#status = status
    const headers = joined(raw)
    const announced = Number(headers['content-length'] ?? 0)
    if (this.#request.method !== 'HEAD' && announced > this.#request.maxBytes) {
      this.#end(this.#tooLarge())
      return
    }
    this.#body = new Readable({
      read: () => controller.resume(),
      destroy: (error, done) => {
        // The reader lost interest, or the exchange failed: either way, hang up.
        if (this.#over === undefined) this.#close('well')
        // After the whole answer this does nothing.
        controller.abort(hangUp)
        done(error)
      },
    })
    const body = this.#body
    // An error may come before the caller has had its turn to listen; it stays on the stream.
    body.on('error', () => {})
    this.#resolve({ status, headers, body, receivedBytes: () => this.#received })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over !== undefined) return
    this.#received += chunk.length
    if (this.#received > this.#request.maxBytes) this.#end(this.#tooLarge())
    else if (this.#body?.push(chunk) === false) controller.pause()
  }

  onResponseEnd(): void {
    if (this.#over !== undefined) return
    this.#close('well')
    this.#body?.push(null)
  }

  onResponseError(_controller: Dispatcher.DispatchController, fault: Error): void {
    if (this.#over === undefined) this.#end(toEgressError(fault, this.#known()))
  }

  #known() {
    const sent = this.#controller !== undefined
    return { host: this.#request.host, sent, status: this.#status }
  }

  #tooLarge(): EgressError {
    const { host, maxBytes } = this.#request
    return new EgressTooLarge(`${host} answered more than ${maxBytes} bytes.`, this.#known())
  }

  #end(error: EgressError): void {
    if (this.#over !== undefined) return
    this.#close(error)
    if (this.#body) this.#body.destroy(error)
    else {
      this.#controller?.abort(error)
      this.#reject(error)
    }
  }

  #close(over: EgressError | 'well'): void {
    this.#over = over
    clearTimeout(this.#timer)
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
  }
}

const hangUp = new Error('the rest of the answer is not wanted')

function joined(raw: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined)
      headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}
