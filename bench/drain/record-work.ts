// Loaded before a server (`node --import`): writes down every SQL statement of the application's
// connections and every outgoing request, in their order, so that the floor can repeat them.
import { subscribe } from 'node:diagnostics_channel'
import { openSync, writeSync } from 'node:fs'
import pg from 'pg'
import type { RecordedLine } from './recording.ts'

const file = openSync(process.env.BENCH_RECORDING ?? '', 'a')
const write = (line: RecordedLine) => writeSync(file, `${JSON.stringify(line)}\n`)

const { query } = pg.Client.prototype
const numbers = new WeakMap<object, number>()
let clients = 0
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, first: unknown, second: unknown, ...rest: unknown[]) {
    const { application_name: name } = (
      this as unknown as { connectionParameters: { application_name?: string } }
    ).connectionParameters
    if (name === 'avow') {
      let client = numbers.get(this)
      if (client === undefined) {
        client = clients
        clients += 1
        numbers.set(this, client)
      }
      const text = typeof first === 'string' ? first : (first as { text: string }).text
      const values = Array.isArray(second)
        ? second
        : ((first as { values?: unknown[] }).values ?? undefined)
      write({ kind: 'sql', client, text, values: values ?? [] })
    }
    return (query as (...all: unknown[]) => unknown).call(this, first, second, ...rest)
  },
})

subscribe('undici:request:create', (message) => {
  const { request } = message as {
    request: { method: string; path: string; headers: string | string[]; body: unknown }
  }
  const { method, path, headers, body } = request
  const text =
    typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString() : ''
  write({ kind: 'http', method, path, headers, body: text })
})
