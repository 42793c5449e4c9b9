import pg from 'pg'
import { Agent, request } from 'undici'
import type { Stage } from '../../prove/stage/stage.ts'
import { replacer, type Subject, type Work } from './recording.ts'

/** As many at once as a server has of publish-target jobs. */
const atOnce = 32

/**
 * The floor: for each target the same statements in the same transactions and the same call, with a
 * bare driver and nothing of ours in between. @returns targets a second
 */
export async function measureFloor(
  stage: Stage,
  jobs: readonly { work: Work; from: Subject; to: Subject }[],
  poolSize: number,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: stage.adminUrl, max: poolSize })
  pool.on('error', () => {})
  // Row-level security counts for the floor, too.
  pool.on('connect', (client) => void client.query('set role avow_app'))
  const agent = new Agent({ connections: 64 })
  let next = 0
  const began = performance.now()
  async function worker() {
    for (let job = jobs[next++]; job; job = jobs[next++]) await repeat(pool, agent, stage, job)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - began) / 1000
  await Promise.all([pool.end(), agent.close()])
  return jobs.length / seconds
}

async function repeat(
  pool: pg.Pool,
  dispatcher: Agent,
  stage: Stage,
  { work, from, to }: { work: Work; from: Subject; to: Subject },
): Promise<void> {
  const subject = { ...to }
  let replace = replacer(work, from)(subject)
  for (const part of work) {
    if (part.kind === 'http') {
      const answer = await request(`${stage.sandboxUrl}${part.path}`, {
        dispatcher,
        method: part.method as 'POST',
        headers: headersOf(part.headers),
        body: part.body
          .replace(JSON.stringify(from.title), JSON.stringify(to.title))
          .replace(from.link, to.link),
      })
      const made = (await answer.body.json()) as { id?: string }
      if (answer.statusCode !== 201 || !made.id)
        throw new Error(`The floor got ${answer.statusCode}`)
      subject.externalId = made.id
      replace = replacer(work, from)(subject)
      continue
    }
    const client = await pool.connect()
    try {
      for (const { text, values } of part.statements) {
        if (values.length === 0) await client.query(text)
        else await client.query(text, values.map(replace))
      }
    } finally {
      client.release()
    }
  }
}

/** Undici tells headers as lines; the length is counted anew. */
function headersOf(lines: string | string[]): Record<string, string> {
  const flat = typeof lines === 'string' ? lines.split('\r\n').filter(Boolean) : lines
  const headers: Record<string, string> = {}
  if (typeof lines === 'string') {
    for (const line of flat) {
      const at = line.indexOf(':')
      headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim()
    }
  } else {
    for (let at = 0; at + 1 < flat.length; at += 2)
      headers[String(flat[at]).toLowerCase()] = String(flat[at + 1])
  }
  for (const name of ['host', 'connection', 'content-length', 'transfer-encoding'])
    delete headers[name]
  return headers
}
