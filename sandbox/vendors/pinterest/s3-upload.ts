import { rename, rm } from 'node:fs/promises'
import { randomText } from '../../random.ts'
import type { Answer, Call, VendorRoute } from '../../vendor.ts'
import type { World } from '../../world.ts'
import { receiveForm, type UploadedForm } from './form-upload.ts'
import { inspectVideo } from './inspect-video.ts'
import type { Media } from './types.ts'

export const UPLOAD_HOST = 'pinterest-media-upload.s3-accelerate.amazonaws.com'
const LIMIT_BYTES = 2 * 1024 * 1024 * 1024

/** The bytes of a registered video, posted as a form straight to the storage: 204, or the storage's XML error. */
export const uploadVideo: VendorRoute = {
  hosts: [UPLOAD_HOST],
  method: 'POST',
  path: '/',
  operation: 'POST /s3-upload',
  handle: receiveUpload,
}

async function receiveUpload(call: Call): Promise<Answer> {
  const { world } = call
  if (!call.stream) {
    return s3Error(
      call,
      412,
      'PreconditionFailed',
      'Bucket POST must be of the enclosure-type multipart/form-data',
    )
  }
  const temporary = world.files.pathOf(`upload-${randomText(16)}.part`)
  let form: UploadedForm
  try {
    form = await receiveForm(call.stream, call.headers['content-type'] ?? '', temporary)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return s3Error(
      call,
      400,
      'MalformedPOSTRequest',
      'The body of your POST request is not well-formed multipart/form-data.',
    )
  }
  call.loggedBody = {
    multipart: { ...form.fields, ...(form.file ? { file: form.file } : {}) },
  }
  const media = world.pinterest.mediaByKey(form.fields.key ?? '')
  const refusal = refusalOf(call, form, media)
  if (refusal || !media) {
    await rm(temporary, { force: true })
    return refusal ?? s3Error(call, 403, 'AccessDenied', 'Access Denied')
  }
  const name = `video-${media.id}-${randomText(6)}.mp4`
  await rename(temporary, world.files.pathOf(name))
  if (media.file) await world.files.remove(media.file)
  accept(world, media, name, call.fault?.kind === 'media-fail')
  return { status: 204, headers: s3Headers(call), body: null }
}

function refusalOf(call: Call, form: UploadedForm, media: Media | undefined): Answer | undefined {
  if (call.headers.authorization !== undefined) {
    return s3Error(
      call,
      400,
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    )
  }
  if (!form.file) {
    return s3Error(
      call,
      400,
      'InvalidArgument',
      'POST requires exactly one file upload per request.',
    )
  }
  if (!media || form.fields.policy !== media.policy) {
    return s3Error(
      call,
      403,
      'AccessDenied',
      'Invalid according to Policy: Policy Condition failed',
    )
  }
  if (form.fields['x-amz-signature'] !== media.signature) {
    return s3Error(
      call,
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    )
  }
  if (call.world.clock.now() > media.policyExpiresAt) {
    return s3Error(call, 403, 'AccessDenied', 'Invalid according to Policy: Policy expired.')
  }
  if (form.file.bytes > LIMIT_BYTES) {
    return s3Error(
      call,
      400,
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
    )
  }
  return undefined
}

/** Starts the processing: the file is read now, its result shown when the sandbox's clock says so. */
function accept(world: World, media: Media, file: string, mustFail: boolean): void {
  media.file = file
  media.uploadedAt = world.clock.now()
  media.verdict = null
  media.mustFail ||= mustFail
  world.changed()
  void judge(world, media, file)
}

/** Also called at start for uploads whose judgement a stop has cut off. */
export async function judge(world: World, media: Media, file: string): Promise<void> {
  media.verdict = await inspectVideo(world.files.pathOf(file))
  world.changed()
}

export function s3Error(call: Call, status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { ...s3Headers(call), 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${call.requestId}</RequestId><HostId>sandbox</HostId></Error>`,
  }
}

function s3Headers(call: Call): Record<string, string> {
  return { 'x-amz-request-id': call.requestId, 'x-amz-id-2': 'sandbox' }
}
