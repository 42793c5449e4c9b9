/** Why a file is not taken, or could not be made into what was asked: always in words for a person. */
import type { ErrorCode } from '../../../contract/errors.ts'
import { AppError } from '../../platform/errors.ts'

const refusals = {
  empty: [
    'unprocessable',
    'This file is empty.',
    'Save or export it again, check that it opens, and upload it once more.',
  ],
  image_too_large: [
    'too_large',
    'This picture is larger than 60 MB.',
    'Export it smaller, for instance as a JPEG with 4000 pixels on the long side.',
  ],
  video_too_large: [
    'too_large',
    'This video is larger than 2 GB.',
    'Export it shorter or in a lower quality, for instance 1080p.',
  ],
  not_media: [
    'unsupported_media',
    'This file is not a picture or a video, whatever its name says.',
    'Upload a JPEG, PNG, HEIC, TIFF, WebP, GIF or AVIF picture, or an MP4, MOV, WebM or MKV video.',
  ],
  unsupported_format: [
    'unsupported_media',
    'This kind of picture or video cannot be read here.',
    'Export it as JPEG or PNG (pictures) or MP4 (videos) and upload that.',
  ],
  hidden_content: [
    'unsupported_media',
    'This picture also contains something that is not a picture (a web page, program or archive).',
    'Open it in a photo program, export it as a new JPEG or PNG, and upload that.',
  ],
  too_many_pixels: [
    'unprocessable',
    'This picture has more than 144 million pixels.',
    'Scale it down, for instance to 4000 pixels on the long side.',
  ],
  corrupt_image: [
    'unprocessable',
    'This picture is damaged or incomplete.',
    'Check that it opens on your device; copy or export it again and upload it once more.',
  ],
  corrupt_video: [
    'unprocessable',
    'This video is damaged or incomplete.',
    'Check that it plays to the end on your device; export it again and upload it once more.',
  ],
  no_video: [
    'unprocessable',
    'This file has sound but no picture.',
    'Add a picture in a video program and export it as MP4.',
  ],
  too_long_for_size: [
    'unprocessable',
    'This video is too long for the size that is allowed: it would look unusable.',
    'Trim it, or split it into several posts.',
  ],
} as const satisfies Record<string, readonly [ErrorCode, string, string]>

export type RefusalReason = keyof typeof refusals

/** The file itself is the reason; another try with the same file ends the same way. */
export class MediaRefused extends AppError {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, cause?: unknown) {
    const [code, message, fix] = refusals[reason]
    super(code, { message, fix, details: { reason }, cause })
    this.reason = reason
  }
}

const failures = {
  crashed: [
    'internal',
    'This file could not be converted.',
    'Try again; if it stays, convert it yourself (JPEG or MP4) and upload that.',
  ],
  timed_out: [
    'unprocessable',
    'Converting this file takes longer than is allowed.',
    'Upload a shorter or smaller version.',
  ],
  out_of_memory: [
    'unprocessable',
    'Converting this file needs more memory than is allowed.',
    'Upload a version with fewer pixels.',
  ],
  cannot_fit: [
    'unprocessable',
    'This file cannot be made small enough.',
    'Upload a smaller or simpler version.',
  ],
} as const satisfies Record<string, readonly [ErrorCode, string, string]>

export type FailureReason = keyof typeof failures

/** The work failed: by a limit of this machine or a fault of ours. `cause` is for the log. */
export class RenderFailed extends AppError {
  readonly reason: FailureReason

  constructor(reason: FailureReason, cause?: unknown) {
    const [code, message, fix] = failures[reason]
    super(code, { message, fix, details: { reason }, cause })
    this.reason = reason
  }
}
