import { Server } from '@tus/server'
import type { FastifyInstance } from 'fastify'
import { apiPrefix } from '../../../contract/index.ts'
import { uploadPath } from '../../../contract/media.ts'
import type { ApiRequest, Identity } from '../../platform/api.ts'
import { demand, type Platform } from '../../platform/context.ts'
import { AppError, errorBody, toAppError } from '../../platform/errors.ts'
import { securityHeaders } from '../../platform/http.ts'
import { newId } from '../../platform/ids.ts'
import { authenticate } from '../accounts/index.ts'
import { MediaRefused } from './media-refused.ts'
import { type OpenPart, parseUploadId, UploadStore, uploadIdPattern } from './upload-store.ts'

/** Largest file that may be sent; what a network takes is checked on its own. */
export const largestUploadBytes = 2 * 1024 ** 3

/** Names the file that the upload becomes. */
const assetHeader = 'avow-asset-id'

type Request = { method: string; headers: Headers; url: string }

/** Resumable uploads by the tus protocol 1.0. The id of an upload becomes the id of the file. */
export function mountUploads(server: FastifyInstance, platform: Platform, open?: OpenPart): void {
  const path = `${apiPrefix}${uploadPath}`
  const tus = new Server({
    path,
    datastore: new UploadStore(platform, open),
    relativeLocation: true,
    respectForwardedHeaders: false,
    allowedOrigins: [platform.config.url],
    namingFunction: async (request) =>
      `${(await uploaderOf(platform, request)).workspaceId}.${newId()}`,
    async onIncomingRequest(request, id) {
      const { workspaceId } = await uploaderOf(platform, request)
      // A foreign upload looks like one that is not there.
      if (request.method !== 'POST' && parseUploadId(id).workspaceId !== workspaceId)
        throw notThere()
      if (request.method === 'POST') demandLength(request.headers.get('upload-length'))
    },
    async onUploadCreate(request, { metadata }) {
      const { personId } = await uploaderOf(platform, request)
      const filename = displayName(metadata?.name ?? metadata?.filename)
      const filetype = (metadata?.type ?? metadata?.filetype ?? '').slice(0, 100)
      return { metadata: { filename, filetype, createdBy: personId } }
    },
    async onUploadFinish(_request, upload) {
      return { headers: { [assetHeader]: parseUploadId(upload.id).uploadId } }
    },
    onResponseError(_request, fault) {
      const { error, expected } = toAppError(fromLibrary(fault))
      if (!expected) platform.log.error({ err: fault }, 'upload failed')
      return { status_code: error.status, body: JSON.stringify(errorBody(error, newId())) }
    },
  })
  server.register(async (uploads) => {
    // The protocol's library reads the body itself, and as slowly as it comes.
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', (_request, _payload, done) => done(null))
    const headers = Object.entries(securityHeaders(platform.config.secure))
    const handle = async (
      request: { raw: Parameters<Server['handle']>[0]; params: unknown },
      reply: { raw: Parameters<Server['handle']>[1]; hijack(): unknown },
    ) => {
      reply.hijack()
      for (const header of headers) reply.raw.setHeader(...header)
      // Who asks how far an upload is may learn so that it has ended.
      const id = uploadIdPattern.exec((request.params as { '*'?: string })['*'] ?? '')?.[2]
      if (id) reply.raw.setHeader(assetHeader, id)
      await tus.handle(request.raw, reply.raw)
    }
    uploads.route({ method: ['POST', 'OPTIONS'], url: path, handler: handle })
    uploads.route({
      method: ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      url: `${path}/*`,
      handler: handle,
    })
  })
}

async function uploaderOf(
  platform: Platform,
  request: Request,
): Promise<{ workspaceId: string; personId: string }> {
  const identity: Identity | null = await authenticate(platform, apiRequest(request))
  if (!identity)
    throw new AppError('unauthenticated', {
      message: 'Nobody is signed in.',
      fix: 'Sign in, or send an API key.',
    })
  if (!identity.workspaceId) throw notThere()
  demand(identity, 'media.write')
  return { workspaceId: identity.workspaceId, personId: identity.personId }
}

function apiRequest({ method, headers }: Request): ApiRequest {
  return { id: newId(), method, headers, ip: '', answerHeader: () => {} }
}

/** A name to show: one line, no path, no invisible characters. It never names a file of ours. */
function displayName(name: string | null | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? ''
  return last.replace(/\p{C}/gu, '').trim().slice(0, 200) || 'Untitled'
}

const notThere = () =>
  new AppError('not_found', { message: 'There is no such upload, or no such workspace.' })

function demandLength(header: string | null): void {
  if (header === null || !/^\d{1,15}$/.test(header)) {
    throw new AppError('bad_request', {
      message: 'It is not said how long the file is.',
      field: 'upload-length',
      fix: 'Send the header Upload-Length.',
    })
  }
  if (Number(header) === 0) throw new MediaRefused('empty')
  if (Number(header) > largestUploadBytes) {
    throw new AppError('too_large', {
      message: 'This file is larger than 2 GB.',
      fix: 'Export it smaller: a shorter video, or one in a lower quality.',
    })
  }
}

/** The protocol's library throws plain objects: a status and a line of text. */
function fromLibrary(fault: unknown): unknown {
  if (fault instanceof Error || typeof fault !== 'object' || fault === null) return fault
  const { status_code: status, body } = fault as { status_code?: number; body?: string }
  if (status === 404 || status === 403) return notThere()
  const codes = { 409: 'conflict', 410: 'gone', 413: 'too_large' } as const
  const code = codes[status as keyof typeof codes] ?? (status && status < 500 && 'bad_request')
  return code ? new AppError(code, { message: body?.trim() || 'The upload was refused.' }) : fault
}
