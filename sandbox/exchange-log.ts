import { createWriteStream, type WriteStream } from 'node:fs'
import { masked } from './masking.ts'

export type LoggedBody =
  | string
  | null
  | { bytes: number }
  | { multipart: Record<string, string | { filename: string; bytes: number }> }

/** One exchange in the fidelity check's format: what the vendor's host would have seen and answered. */
export type Exchange = {
  at: string
  vendor: string
  method: string
  url: string
  requestHeaders: Record<string, string>
  requestBody: LoggedBody
  status: number | null
  responseHeaders: Record<string, string>
  responseBody: LoggedBody
  fault?: string
}

export type RecentExchange = Exchange & { number: number; tookMs: number }

const REMEMBERED = 200

/** Every exchange with a vendor: the last ones in memory for the page, all of them in a file when one is named. */
export class ExchangeLog {
  readonly #out: WriteStream | undefined
  readonly #recent: RecentExchange[] = []
  #number = 0

  constructor(file: string | undefined) {
    this.#out = file ? createWriteStream(file, { flags: 'a' }) : undefined
  }

  record(exchange: Exchange, tookMs: number): void {
    const safe = masked(exchange)
    this.#out?.write(`${JSON.stringify(safe)}\n`)
    this.#number += 1
    this.#recent.push({ ...safe, number: this.#number, tookMs })
    if (this.#recent.length > REMEMBERED) this.#recent.shift()
  }

  /** Newest first. */
  recent(limit: number = REMEMBERED): RecentExchange[] {
    return this.#recent.slice(-limit).reverse()
  }

  find(number: number): RecentExchange | undefined {
    return this.#recent.find((exchange) => exchange.number === number)
  }

  get count(): number {
    return this.#number
  }

  async close(): Promise<void> {
    const out = this.#out
    if (out) await new Promise<void>((done) => out.end(done))
  }
}
