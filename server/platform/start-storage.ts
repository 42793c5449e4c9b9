import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Egress } from './egress.ts'
import type { Storage } from './storage.ts'
import { openFolderStorage } from './storage-folder.ts'

// Files of any size the product takes (2 GB of video), in the time that a slow line needs.
const largestFile = 3 * 1024 ** 3
const transferMs = 30 * 60 * 1000

/** Opens the storage that the configuration names: a folder by default, a bucket if it is set. */
export async function openStorage(config: Config, egress: Egress): Promise<Storage> {
  if (!config.s3) return openFolderStorage(join(config.dataFolder, 'files'))
  // Loaded only where it is used: the vendor's library is large.
  const { openS3Storage } = await import('./storage-s3.ts')
  return openS3Storage({ ...config.s3, requestHandler: throughEgress(egress) })
}

type S3Request = {
  protocol: string
  hostname: string
  port?: number
  method: string
  path: string
  query?: Record<string, string | string[] | null>
  headers: Record<string, string>
  body?: unknown
}

/** Lets the storage's library speak through the one way out. */
function throughEgress(egress: Egress) {
  return {
    async handle(request: S3Request, options: { abortSignal?: AbortSignal } = {}) {
      const url = new URL(`${request.protocol}//${request.hostname}${request.path}`)
      if (request.port) url.port = String(request.port)
      for (const [name, value] of Object.entries(request.query ?? {})) {
        for (const each of [value ?? ''].flat()) url.searchParams.append(name, each)
      }
      const answer = await egress.stream({
        purpose: 'keep files',
        processor: 'storage',
        method: request.method,
        url,
        headers: request.headers,
        body: request.body as Parameters<Egress['stream']>[0]['body'],
        timeoutMs: transferMs,
        maxBytes: largestFile,
        signal: options.abortSignal,
      })
      return { response: { statusCode: answer.status, headers: answer.headers, body: answer.body } }
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  }
}
