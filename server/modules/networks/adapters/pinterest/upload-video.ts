import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { NetworkError, type OutgoingFile, type Session } from '../../adapter.ts'
import { asPerson, call, exchange } from './call.ts'
import { toNetworkError } from './refusal.ts'

const Registered = z.object({
  media_id: z.string().regex(/^\d+$/),
  upload_url: z.url(),
  upload_parameters: z.record(z.string(), z.string()),
})
type Registered = z.infer<typeof Registered>

// At the slowest uplink that we wait for, plus what the network needs to answer.
const slowestBytesPerMs = 200
const answerMs = 60_000

/**
 * Registers a video and hands its bytes over; Pinterest then processes it. A video that no Pin uses
 * is seen by nobody, so this may be done again. @returns the media id. @throws NetworkError
 */
export async function uploadVideo(session: Session, file: OutgoingFile): Promise<string> {
  const first = await register(session)
  if (await handOver(session, first, file)) return first.media_id
  // How long an upload's policy lasts is [unconfirmed]: refused once, a new one is asked for.
  const second = await register(session)
  if (await handOver(session, second, file)) return second.media_id
  throw new NetworkError('retryable', {
    words: 'Pinterest’s storage does not take the video at the moment.',
    detail: 'POST upload_url -> 403, twice, the second time right after POST /media',
  })
}

async function register(session: Session): Promise<Registered> {
  const { answer } = await call(asPerson(session), {
    method: 'POST',
    path: '/media',
    operation: 'POST /media',
    body: JSON.stringify({ media_type: 'video' }),
    answer: Registered,
    effect: 'reversible',
  })
  return answer
}

/**
 * The form that POST /media describes: its parameters first, the file last, no Authorization.
 * @returns false when the policy was refused. The usual answer of such a form is 204; any 2xx counts
 * [unconfirmed].
 */
async function handOver(
  { ask, now }: Session,
  { upload_url, upload_parameters }: Registered,
  file: OutgoingFile,
): Promise<boolean> {
  const boundary = `avow-${randomUUID()}`
  const { head, tail } = formAround(boundary, upload_parameters, file.contentType)
  const bytes = head.length + file.bytes + tail.length
  const content = await file.open()
  const body = Readable.from(joined(head, content, tail))
  // A request that fails early must not leave the file open.
  body.once('close', () => content.destroy())
  const operation = 'POST upload_url'
  const answer = await exchange(operation, 'reversible', () =>
    ask({
      purpose: 'publish what you chose',
      method: 'POST',
      url: upload_url,
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': String(bytes),
      },
      body,
      timeoutMs: answerMs + Math.ceil(bytes / slowestBytesPerMs),
    }),
  ).finally(() => body.destroy())
  const { status, headers } = answer
  if (status >= 200 && status < 300) return true
  if (status === 403) return false
  throw toNetworkError({
    operation,
    effect: 'reversible',
    status,
    headers,
    body: answer.text(),
    now,
  })
}

async function* joined(head: Buffer, content: Readable, tail: Buffer): AsyncGenerator<Buffer> {
  yield head
  for await (const chunk of content) yield chunk as Buffer
  yield tail
}

/** multipart/form-data (RFC 7578) around one file, whose own bytes are streamed in between. */
function formAround(boundary: string, fields: Record<string, string>, contentType: string) {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  )
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="video"\r\nContent-Type: ${contentType}\r\n\r\n`
  return {
    head: Buffer.from(parts.join('') + file),
    tail: Buffer.from(`\r\n--${boundary}--\r\n`),
  }
}

const quoted = (name: string) => name.replace(/[\r\n"]/g, (letter) => encodeURIComponent(letter))
