// The floor of an endpoint, in a process of its own as the server is: bare Fastify that runs the
// statements that the endpoint ran, in the same transactions, and answers with the rows as JSON.
import { readFileSync } from 'node:fs'
import fastify from 'fastify'
import pg from 'pg'
import type { RecordedLine } from '../drain/recording.ts'

const { FLOOR_DATABASE = '', FLOOR_RECORDING = '', FLOOR_POOL = '10' } = process.env
const recordings: RecordedLine[][] = JSON.parse(readFileSync(FLOOR_RECORDING, 'utf8'))
const pool = new pg.Pool({ connectionString: FLOOR_DATABASE, max: Number(FLOOR_POOL) })
pool.on('error', () => {})
// Row-level security counts here, too.
pool.on('connect', (client) => void client.query('set role avow_app'))

const server = fastify()
server.get('/:number', async (request) => {
  const { number } = request.params as { number: string }
  let largest: unknown[] = []
  const client = await pool.connect()
  try {
    for (const line of recordings[Number(number)] ?? []) {
      if (line.kind !== 'sql') continue
      const { rows } = await client.query(
        line.text,
        line.values.length > 0 ? line.values : undefined,
      )
      if (rows && rows.length > largest.length) largest = rows
    }
  } finally {
    client.release()
  }
  return largest
})
const ready = await server.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ ready })
process.on('disconnect', () => process.exit(0))
