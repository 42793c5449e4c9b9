import type { FileStore } from '../../files.ts'
import type { Call } from '../../vendor.ts'
import { fetchImage } from './fetch-image.ts'
import { readImageHeader } from './image-header.ts'
import { mediaStatus } from './media.ts'
import { invalid, Refusal } from './refusal.ts'
import type { MediaSource } from './schemas.ts'
import type { Account, CarouselItem, Picture, PinMedia } from './types.ts'

const IMAGE_LIMIT_BYTES = 20 * 1024 * 1024
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * Turns what the caller sent into the media of a pin: bytes are stored after their type was read from
 * themselves, addresses are fetched, a video must be processed. Throws Pinterest's 400 otherwise.
 */
export async function takeMedia(
  call: Call,
  account: Account,
  source: MediaSource,
): Promise<PinMedia> {
  const { files } = call.world
  switch (source.source_type) {
    case 'image_base64':
      return { type: 'image', picture: await fromBase64(files, source.data, source.content_type) }
    case 'image_url':
      return { type: 'image', picture: await fromAddress(files, source.url) }
    case 'multiple_image_base64':
      return carousel(source.index, source.items, (item) =>
        fromBase64(files, item.data, item.content_type),
      )
    case 'multiple_image_urls':
      return carousel(source.index, source.items, (item) => fromAddress(files, item.url))
    case 'video_id':
      return takeVideo(call, account, source)
  }
}

async function fromBase64(
  files: FileStore,
  data: string,
  contentType: 'image/jpeg' | 'image/png',
): Promise<Picture> {
  if (data.length % 4 !== 0 || !BASE64.test(data.slice(-4)) || !BASE64.test(data.slice(0, 64))) {
    throw invalid('Invalid image data: not valid base64')
  }
  const bytes = Buffer.from(data, 'base64')
  // Node skips what is not base64 instead of refusing it: then fewer bytes come out than went in.
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0
  if (bytes.length !== (data.length / 4) * 3 - padding) {
    throw invalid('Invalid image data: not valid base64')
  }
  const picture = await keepImage(files, bytes)
  if (contentType !== `image/${picture.type}`) {
    throw invalid(`Invalid image data: content_type is ${contentType} but the image is not`)
  }
  return picture
}

async function fromAddress(files: FileStore, address: string): Promise<Picture> {
  return keepImage(files, await fetchImage(address, IMAGE_LIMIT_BYTES))
}

async function keepImage(files: FileStore, bytes: Buffer): Promise<Picture> {
  if (bytes.length > IMAGE_LIMIT_BYTES) throw invalid('Image is too large: the limit is 20 MB')
  const header = readImageHeader(bytes)
  if (!header) throw invalid('Invalid image: only whole JPEG and PNG images are supported')
  return { file: await files.keep(bytes), ...header }
}

type Words = {
  title?: string | undefined
  description?: string | undefined
  link?: string | undefined
}

async function carousel<Item extends Words>(
  index: number | undefined,
  items: Item[],
  take: (item: Item) => Promise<Picture>,
): Promise<PinMedia> {
  if (index !== undefined && index >= items.length) {
    throw invalid("Invalid request: 'media_source.index' is beyond the last item")
  }
  const taken: CarouselItem[] = []
  for (const item of items) {
    taken.push({
      picture: await take(item),
      title: item.title ?? null,
      description: item.description ?? null,
      link: item.link || null,
    })
  }
  return { type: 'carousel', items: taken }
}

async function takeVideo(
  call: Call,
  account: Account,
  source: Extract<MediaSource, { source_type: 'video_id' }>,
): Promise<PinMedia> {
  const { pinterest, files } = call.world
  const media = pinterest.media.get(source.media_id)
  if (!media || media.accountId !== account.id) {
    throw new Refusal(404, 404, `Media ${source.media_id} not found.`)
  }
  const status = mediaStatus(call.world, media)
  if (status !== 'succeeded' || !media.verdict?.ok || !media.file) {
    throw invalid(`Media ${media.id} is not ready: its status is ${status}`)
  }
  const { durationMs, width, height } = media.verdict
  const cover = await takeCover(files, source)
  const coverAtSecond =
    source.cover_image_key_frame_time === undefined
      ? null
      : Math.min(source.cover_image_key_frame_time, durationMs / 1000)
  return {
    type: 'video',
    mediaId: media.id,
    file: media.file,
    durationMs,
    width,
    height,
    cover,
    coverAtSecond,
  }
}

async function takeCover(
  files: FileStore,
  source: Extract<MediaSource, { source_type: 'video_id' }>,
): Promise<Picture | null> {
  const { cover_image_url, cover_image_data, cover_image_content_type } = source
  if (cover_image_url !== undefined) return fromAddress(files, cover_image_url)
  if (cover_image_data !== undefined) {
    if (!cover_image_content_type) {
      throw invalid("Invalid request: 'media_source.cover_image_content_type' is required")
    }
    return fromBase64(files, cover_image_data, cover_image_content_type)
  }
  if (source.cover_image_key_frame_time !== undefined) return null
  throw invalid('Invalid request: a video Pin needs a cover image')
}
