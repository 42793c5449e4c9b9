/**
 * Runs one piece of media work in a child process of its own: untrusted bytes are decoded by native
 * code only there, with no secrets in reach, a cap on time and memory, and nothing kept afterwards.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MediaRefused, RenderFailed } from '../media-refused.ts'
import { type ChildMessage, outputsOf, type RenderJob, type RenderResults } from './job.ts'

export type RenderOptions = {
  /** 0 to 1, never backwards. Only videos tell. */
  onProgress?: (progress: number) => void
  /** Ends the work; `render` then throws the signal's reason. */
  signal?: AbortSignal
  timeoutMs?: number
  /** Resident memory of the child, in bytes. */
  maxMemory?: number
}

const childPath = fileURLToPath(new URL('./render-child.ts', import.meta.url))
const gigabyte = 1024 ** 3
/** HEIC at the pixel limit takes 1.4 GB; 4K video with its encoder about 1 GB. */
const defaultMaxMemory = 2 * gigabyte
const imageTimeoutMs = 60_000
const videoTimeoutMs = 60 * 60_000

/** A long video must not make pictures wait, so each kind has its own places. */
const lanes = { image: newLane(2), video: newLane(1) }

/**
 * Does `job` and resolves with its result once every output file is complete. Throws MediaRefused
 * (the file is at fault), RenderFailed (time, memory, or a fault of ours) or the signal's reason;
 * outputs are then gone.
 */
export async function render<Job extends RenderJob>(
  job: Job,
  options: RenderOptions = {},
): Promise<RenderResults[Job['type']]> {
  const lane = job.type === 'prepare-video' ? lanes.video : lanes.image
  const leave = await lane.enter(options.signal)
  try {
    return await runChild(job, options)
  } catch (fault) {
    await Promise.all(outputsOf(job).map((path) => rm(path, { force: true })))
    throw fault
  } finally {
    leave()
  }
}

async function runChild<Job extends RenderJob>(
  job: Job,
  { onProgress, signal, timeoutMs, maxMemory = defaultMaxMemory }: RenderOptions,
): Promise<RenderResults[Job['type']]> {
  const child = startChild(job)
  const ended = once(child, 'close')
  const stderr = keepLast(child, 4000)
  const outcome = Promise.withResolvers<RenderResults[Job['type']]>()
  const stop = (reason: unknown) => {
    outcome.reject(reason)
    child.kill('SIGKILL')
  }
  const watch = watchMemory(child, maxMemory, () => stop(new RenderFailed('out_of_memory')))
  const limit = timeoutMs ?? (job.type === 'prepare-video' ? videoTimeoutMs : imageTimeoutMs)
  const timer = setTimeout(() => stop(new RenderFailed('timed_out')), limit)
  const onAbort = () => stop(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })

  let progress = 0
  child.on('message', (message: ChildMessage) => {
    if ('ready' in message) child.send(job, (fault) => fault && outcome.reject(fault))
    else if ('rss' in message) watch.seen(message.rss)
    else if ('progress' in message) {
      if (message.progress <= progress) return
      progress = message.progress
      onProgress?.(progress)
    } else if ('refused' in message) {
      outcome.reject(new MediaRefused(message.refused, message.detail))
    } else if ('failed' in message) {
      outcome.reject(new RenderFailed(message.failed, message.detail))
    }
    // The child answers the job it was given with that job's result.
    else outcome.resolve(message.result as RenderResults[Job['type']])
  })
  child.on('error', (fault) => outcome.reject(new RenderFailed('crashed', fault)))
  child.on('close', (code, signalName) => {
    // A native decoder that dies on a file takes only the child with it.
    const cause = `child ended with ${signalName ?? code}: ${stderr()}`
    outcome.reject(new RenderFailed(outOfHeap(cause) ? 'out_of_memory' : 'crashed', cause))
  })
  try {
    return await outcome.promise
  } finally {
    clearTimeout(timer)
    watch.end()
    signal?.removeEventListener('abort', onAbort)
    child.kill('SIGKILL')
    await ended
  }
}

/** Starts the child with an empty environment, able to write only beside the job's outputs. */
function startChild(job: RenderJob): ChildProcess {
  const folders = [...new Set(outputsOf(job).map(dirname))]
  const child = fork(childPath, [], {
    execArgv: [
      '--max-old-space-size=512',
      '--no-warnings',
      '--permission',
      '--allow-addons',
      '--allow-fs-read=*',
      ...folders.map((folder) => `--allow-fs-write=${folder}/*`),
    ],
    env: { TZ: 'UTC', UV_THREADPOOL_SIZE: '4' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  // People at the web pages come first. A child that has already ended is told by its `close`.
  if (child.pid !== undefined) {
    try {
      setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault)) throw fault
    }
  }
  return child
}

function outOfHeap(stderr: string): boolean {
  return stderr.includes('heap out of memory')
}

function keepLast(child: ChildProcess, characters: number): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-characters)
  })
  return () => text
}

/** Looks at the child's resident memory four times a second: from /proc, else as the child tells. */
function watchMemory(
  child: ChildProcess,
  maxBytes: number,
  exceeded: () => void,
): { seen: (rss: number) => void; end: () => void } {
  const seen = (rss: number) => {
    if (rss > maxBytes) exceeded()
  }
  const look = async () => {
    // The child may end between two looks; then there is nothing to read any more.
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
    if (kilobytes !== undefined) seen(Number(kilobytes) * 1024)
  }
  const timer = process.platform === 'linux' ? setInterval(() => void look(), 250) : undefined
  return { seen, end: () => clearInterval(timer) }
}

type Lane = { enter(signal?: AbortSignal): Promise<() => void> }

/** At most `places` at a time, in the order of arrival. */
function newLane(places: number): Lane {
  let free = places
  const waiting: (() => void)[] = []
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return {
    async enter(signal) {
      signal?.throwIfAborted()
      if (free > 0) {
        free -= 1
        return leave
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      waiting.push(resolve)
      const onAbort = () => {
        const at = waiting.indexOf(resolve)
        if (at >= 0) waiting.splice(at, 1)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      await promise
      signal?.removeEventListener('abort', onAbort)
      return leave
    },
  }
}
