import { Agent, request } from 'undici'
import { quantile } from '../../prove/stage/figures.ts'

export type Load = { perSecond: number; p50: number; p99: number; bytes: number }

/** Asks over so many connections, each as soon as it was answered. Times in ms. */
export async function load(
  origin: string,
  calls: readonly { path: string; headers: Record<string, string> }[],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const agent = new Agent({ connections, pipelining: 1 })
  const times: number[] = []
  let bytes = 0
  let next = 0
  const warmUntil = performance.now() + 1500
  const until = warmUntil + seconds * 1000
  async function ask() {
    while (performance.now() < until) {
      const call = calls[next++ % calls.length]
      if (!call) throw new Error('There is nothing to ask')
      const began = performance.now()
      const answer = await request(origin + call.path, { dispatcher: agent, headers: call.headers })
      const body = await answer.body.arrayBuffer()
      if (answer.statusCode !== 200) {
        throw new Error(`${call.path}: ${answer.statusCode} ${Buffer.from(body).toString()}`)
      }
      bytes = body.byteLength
      if (began >= warmUntil) times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: connections }, ask))
  await agent.close()
  times.sort((a, b) => a - b)
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    bytes,
  }
}
