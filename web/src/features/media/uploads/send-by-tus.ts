import { type DetailedError, Upload as TusUpload } from 'tus-js-client'
import type { ErrorBody } from '../../../../../contract/errors.ts'
import { sentences } from '../../../ui/sentences.ts'
import { type KeptUpload, type Sending, UploadFault, type UploadPorts } from './uploads.ts'

/** `apiPrefix` and `uploadPath` of the contract, which is not part of the pages. */
const endpoint = '/api/v1/uploads'
const chunkBytes = 5 * 1024 * 1024
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000]
/** The answer that ends an upload carries the id of the file that it became. */
const assetHeader = 'avow-asset-id'

const headersOf = (workspaceId: string) => ({ 'avow-workspace': workspaceId })

/** The same file of the same workspace has the same one, also when it is chosen again by hand. */
const fingerprintOf = ({ workspaceId, name, type, size, file }: KeptUpload) => {
  const changed = file instanceof File ? file.lastModified : 0
  return ['avow', workspaceId, name, type, size, changed].join(':')
}

const isTusError = (error: Error): error is DetailedError => 'originalResponse' in error

/** Whether the same request may be taken later: no answer, a busy server, or a full disk. */
const isPassing = (status: number | undefined) =>
  status === undefined || status === 0 || status === 423 || status === 429 || status >= 500

/** What went wrong in the words of the server, where it had some. */
function faultOfTus(error: Error): UploadFault {
  const answer = isTusError(error) ? error.originalResponse : null
  const status = answer?.getStatus()
  if (!answer || !status) {
    return new UploadFault('The server can’t be reached. It goes on from here afterwards.')
  }
  try {
    const { error: said }: ErrorBody = JSON.parse(answer.getBody())
    return new UploadFault(sentences(said.message, said.fix))
  } catch {
    return new UploadFault(`The server answered with ${status}. Try again.`)
  }
}

/** Sends a file by the tus protocol, from where the server left off. */
export function sendByTus(
  upload: KeptUpload,
  on: { url: (url: string) => void; progress: (sent: number) => void },
): Sending {
  const { promise, resolve, reject } = Promise.withResolvers<{ assetId: string }>()
  let assetId: string | null = null
  const tus = new TusUpload(upload.file, {
    endpoint,
    uploadUrl: upload.uploadUrl,
    headers: headersOf(upload.workspaceId),
    metadata: { name: upload.name, type: upload.type || 'application/octet-stream' },
    chunkSize: chunkBytes,
    retryDelays,
    fingerprint: () => Promise.resolve(fingerprintOf(upload)),
    storeFingerprintForResuming: true,
    removeFingerprintOnSuccess: true,
    onShouldRetry: (error) => isPassing(error.originalResponse?.getStatus()),
    onUploadUrlAvailable: () => {
      if (tus.url) on.url(tus.url)
    },
    onProgress: (sent) => on.progress(sent),
    onAfterResponse: (_request, response) => {
      assetId = response.getHeader(assetHeader) ?? assetId
    },
    onSuccess: () =>
      assetId
        ? resolve({ assetId })
        : reject(new UploadFault('It was sent, but the server did not say where it is.')),
    onError: (error) => reject(faultOfTus(error)),
  })
  void begin(tus, upload)
  return { done: promise, stop: () => void tus.abort() }
}

async function begin(tus: TusUpload, upload: KeptUpload) {
  if (!upload.uploadUrl) {
    const [earlier] = await tus.findPreviousUploads()
    if (earlier) tus.resumeFromPreviousUpload(earlier)
  }
  tus.start()
}

/** Tells the server that the rest will not come, so that it drops what it has. */
export const endByTus: UploadPorts['end'] = async (uploadUrl, workspaceId) => {
  try {
    await TusUpload.terminate(uploadUrl, { headers: headersOf(workspaceId), retryDelays: null })
  } catch {
    // Nothing hangs on it: the server drops unfinished uploads by itself after some days.
  }
}
