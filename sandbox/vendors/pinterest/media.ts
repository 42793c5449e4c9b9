import { randomText } from '../../random.ts'
import { json } from '../../vendor.ts'
import type { World } from '../../world.ts'
import { operation, readBody, readQuery } from './operation.ts'
import { pageOf } from './owned.ts'
import { Refusal } from './refusal.ts'
import { mediaCreate, noQuery, paging } from './schemas.ts'
import type { Media } from './types.ts'

/** Not documented by Pinterest; an hour is what the storage behind it is commonly given. */
const POLICY_LIFE_MS = 60 * 60 * 1000
const UPLOAD_URL = 'https://pinterest-media-upload.s3-accelerate.amazonaws.com/'

export type MediaStatus = 'registered' | 'processing' | 'succeeded' | 'failed'

/** Where the processing of a video stands by the sandbox's clock. */
export function mediaStatus(world: World, media: Media): MediaStatus {
  if (media.uploadedAt === null) return 'registered'
  const readyAt = media.uploadedAt + world.pinterest.processingMs
  if (!media.verdict || world.clock.now() < readyAt) return 'processing'
  return media.verdict.ok && !media.mustFail ? 'succeeded' : 'failed'
}

const registerMedia = operation({
  name: 'POST /media',
  scopes: ['pins:read', 'pins:write'],
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery.omit({ ad_account_id: true }))
    readBody(call, mediaCreate)
    const { world } = call
    const now = world.clock.now()
    const id = world.pinterest.newId('media')
    const media: Media = {
      id,
      accountId: account.id,
      registeredAt: now,
      uploadKey: `uploads/${randomText(2)}/${randomText(2)}/${randomText(2)}/3:video:${account.id}:${id}`,
      policy: Buffer.from(JSON.stringify({ id, nonce: randomText(24) })).toString('base64'),
      signature: randomText(64),
      policyExpiresAt: now + POLICY_LIFE_MS,
      file: null,
      uploadedAt: null,
      verdict: null,
      mustFail: call.fault?.kind === 'media-fail',
    }
    world.pinterest.addMedia(media)
    world.changed()
    return json(201, {
      media_id: id,
      media_type: 'video',
      upload_url: UPLOAD_URL,
      upload_parameters: uploadParameters(media),
    })
  },
})

function uploadParameters(media: Media): Record<string, string> {
  const stamp = new Date(media.registeredAt).toISOString().replace(/[-:]|\.\d{3}/g, '')
  return {
    'x-amz-date': stamp,
    'x-amz-signature': media.signature,
    'x-amz-security-token': Buffer.from(media.signature).toString('base64'),
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    key: media.uploadKey,
    policy: media.policy,
    'x-amz-credential': `SANDBOX/${stamp.slice(0, 8)}/us-east-1/s3/aws4_request`,
    'Content-Type': 'multipart/form-data',
  }
}

const presentMedia = (world: World, media: Media) => ({
  media_id: media.id,
  media_type: 'video',
  status: mediaStatus(world, media),
})

const getMedia = operation({
  name: 'GET /media/{media_id}',
  scopes: ['pins:read'],
  category: 'org_read',
  handle: (call, { account }) => {
    readQuery(call, noQuery.omit({ ad_account_id: true }))
    const media = call.world.pinterest.media.get(call.params.media_id ?? '')
    if (!media || media.accountId !== account.id) throw new Refusal(404, 404, 'Media not found.')
    if (call.fault?.kind === 'media-fail') {
      media.mustFail = true
      call.world.changed()
    }
    return json(200, presentMedia(call.world, media))
  },
})

const listMedia = operation({
  name: 'GET /media',
  scopes: ['pins:read'],
  category: 'org_read',
  handle: (call, { account }) => {
    const query = readQuery(call, paging.omit({ ad_account_id: true }))
    const { pinterest } = call.world
    const page = pageOf(
      pinterest.mediaOf(account.id),
      query,
      (id) => pinterest.media.get(id),
      (media) => presentMedia(call.world, media),
    )
    return json(200, page)
  },
})

export const mediaRoutes = [registerMedia, getMedia, listMedia]
