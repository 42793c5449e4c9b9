import { invalid } from './refusal.ts'

const UNREACHABLE = 'Unable to reach the URL provided. Please check the URL and try again.'
const PATIENCE_MS = 10_000
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Fetches a picture as Pinterest would, but only from this machine: the sandbox has no way into the
 * internet, and an address elsewhere is answered as one that cannot be reached.
 */
export async function fetchImage(address: string, limitBytes: number): Promise<Buffer> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw invalid(UNREACHABLE)
  if (!LOOPBACK.has(url.hostname)) throw invalid(UNREACHABLE)
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!response.ok || !response.body) throw invalid(UNREACHABLE)
    return await readUpTo(response.body, limitBytes + 1)
  } catch {
    throw invalid(UNREACHABLE)
  }
}

async function readUpTo(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size >= limitBytes) break
  }
  return Buffer.concat(chunks)
}
