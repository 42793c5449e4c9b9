import type { Manifest } from '../../../contract/networks.ts'
import type { Finding, PostContent } from '../../../contract/publishing.ts'
import type { AssetFacts } from '../media/index.ts'

type Draft = PostContent & { connectionId: string; label: string; destinationId: string | null }
type Rule = Omit<Finding, 'connectionId'>

/**
 * What a network's manifest says against a post on one connection. `error` keeps it from going out,
 * `warning` is for a person to decide. Pure: composer, schedule and API all ask here.
 */
export function checkContent(
  manifest: Manifest,
  draft: Draft,
  files: ReadonlyMap<string, AssetFacts>,
): Finding[] {
  return [
    ...checkText(manifest, draft),
    ...checkLink(manifest, draft),
    ...checkMedia(manifest, draft, files),
    ...checkDestination(manifest, draft),
  ].map((finding) => ({ ...finding, connectionId: draft.connectionId }))
}

/** Length as the network counts it. */
export function lengthOf(text: string, countedIn: Manifest['text']['countedIn']): number {
  if (countedIn === 'utf16') return text.length
  if (countedIn === 'codePoints') return [...text].length
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length
}

function* checkText({ text, label }: Manifest, draft: Draft): Generator<Rule> {
  const long = (value: string) => lengthOf(value, text.countedIn)
  const over = (field: string, what: string, value: string, max: number): Rule => ({
    level: 'error',
    field,
    rule: `${field.split('.')[0]}_too_long`,
    words: `${what} has ${long(value)} characters; ${label} takes ${max}.`,
    fix: `Shorten it by ${long(value) - max}.`,
  })
  if (text.title && long(draft.title) > text.title.max) {
    yield over('title', 'The title', draft.title, text.title.max)
  }
  if (!text.title && draft.title) {
    yield {
      level: 'warning',
      field: 'title',
      rule: 'title_unused',
      words: `${label} has no titles.`,
      fix: 'It goes out without.',
    }
  }
  if (long(draft.body) > text.body.max) yield over('body', 'The text', draft.body, text.body.max)
  else if (text.body.warnAbove !== null && long(draft.body) > text.body.warnAbove) {
    yield {
      level: 'warning',
      field: 'body',
      rule: 'body_long',
      words: `The text has ${long(draft.body)} characters. ${label} may cut what is beyond ${text.body.warnAbove}.`,
      fix: 'Put what matters first, or shorten it.',
    }
  }
  for (const [index, item] of draft.media.entries()) {
    if (text.altText && long(item.altText) > text.altText.max) {
      yield over(`media.${index}.altText`, 'The alt text', item.altText, text.altText.max)
    }
  }
  const invisible = [...draft.title, ...draft.body].some((character) =>
    /[\u200b\u2060\ufeff]/u.test(character),
  )
  if (invisible) {
    yield {
      level: 'warning',
      field: /[\u200b\u2060\ufeff]/u.test(draft.title) ? 'title' : 'body',
      rule: 'invisible_characters',
      words: 'There are invisible characters in the text. They count, and nobody sees them.',
      fix: 'Type the text anew where you pasted it.',
    }
  }
}

function* checkLink({ text, label }: Manifest, { link }: Draft): Generator<Rule> {
  if (!link) return
  if (!text.link) {
    yield {
      level: 'warning',
      field: 'link',
      rule: 'link_unused',
      words: `${label} takes no link.`,
      fix: 'It goes out without.',
    }
    return
  }
  const url = URL.canParse(link) ? new URL(link) : null
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username ||
    url.password ||
    !url.hostname.includes('.')
  ) {
    yield {
      level: 'error',
      field: 'link',
      rule: 'link_invalid',
      words: 'This is not the address of a page on the web.',
      fix: 'Write it in full, such as https://example.com/page.',
    }
  } else if (link.length > text.link.max) {
    yield {
      level: 'error',
      field: 'link',
      rule: 'link_too_long',
      words: `The link has ${link.length} characters; ${label} takes ${text.link.max}.`,
      fix: 'Use a shorter address.',
    }
  }
}

function* checkMedia(
  manifest: Manifest,
  draft: Draft,
  files: ReadonlyMap<string, AssetFacts>,
): Generator<Rule> {
  const { media, label } = manifest
  const found = draft.media.map((item) => files.get(item.assetId))
  if (draft.media.length === 0 && media.required) {
    yield {
      level: 'error',
      field: 'media',
      rule: 'media_missing',
      words: `${label} needs a picture or a video.`,
      fix: 'Add one.',
    }
  }
  const videos = found.filter((file) => file?.kind === 'video').length
  if (videos > 0 && draft.media.length > 1) {
    yield {
      level: 'error',
      field: 'media',
      rule: 'video_alone',
      words: `On ${label} a video goes alone.`,
      fix: 'Take out the other files, or the video.',
    }
  } else if (draft.media.length > 1) yield* checkCarousel(manifest, draft.media.length, found)
  for (const [index, file] of found.entries()) yield* checkFile(manifest, draft, index, file, files)
}

function* checkCarousel(
  { media: { carousel }, label }: Manifest,
  count: number,
  files: (AssetFacts | undefined)[],
): Generator<Rule> {
  if (!carousel || count > carousel.max) {
    const max = carousel?.max ?? 1
    yield {
      level: 'error',
      field: 'media',
      rule: 'too_many_files',
      words: `${label} takes ${max === 1 ? 'one picture' : `${max} pictures at most`}; there are ${count}.`,
      fix: `Take out ${count - max}.`,
    }
    return
  }
  const ratios = files.flatMap((file) =>
    file?.width && file.height ? [file.width / file.height] : [],
  )
  const differ = ratios.some((ratio) => Math.abs(ratio - (ratios[0] ?? ratio)) > 0.02)
  if (carousel.sameRatio && differ) {
    yield {
      level: 'warning',
      field: 'media',
      rule: 'carousel_ratios',
      words: `The pictures have different shapes. ${label} may crop them to the shape of the first.`,
      fix: 'Use pictures of one shape.',
    }
  }
}

function* checkFile(
  { media, label }: Manifest,
  draft: Draft,
  index: number,
  file: AssetFacts | undefined,
  files: ReadonlyMap<string, AssetFacts>,
): Generator<Rule> {
  const error: Say = (rule, words, fix) => ({
    level: 'error',
    field: `media.${index}`,
    rule,
    words,
    fix,
  })
  if (!file || file.state === 'refused') {
    yield error('file_missing', 'This file is not in the library.', 'Choose another.')
  } else if (file.state === 'processing') {
    yield error('file_processing', `“${file.name}” is still being prepared.`, 'Wait a moment.')
  } else if (file.kind === 'image') {
    yield* checkSize(error, label, file, media.image.maxBytes)
  } else if (!media.video) {
    yield error('video_unsupported', `${label} takes no video.`, 'Use a picture.')
  } else {
    yield* checkSize(error, label, file, media.video.maxBytes)
    yield* checkVideo(error, label, file, media.video)
    yield* checkCover(error, draft.media[index], file, files)
  }
}

type Say = (rule: string, words: string, fix: string) => Rule

function* checkSize(error: Say, label: string, file: AssetFacts, max: number): Generator<Rule> {
  if (file.bytes <= max) return
  const words = `“${file.name}” has ${mb(file.bytes)}; ${label} takes ${mb(max)}.`
  yield error('file_too_large', words, 'Use a smaller one.')
}

function* checkVideo(
  error: Say,
  label: string,
  { durationMs, width, height }: AssetFacts,
  limits: NonNullable<Manifest['media']['video']>,
): Generator<Rule> {
  const ms = durationMs ?? 0
  const ratio = (width ?? 1) / (height ?? 1)
  if (ms < limits.minMs) {
    const words = `The video lasts ${seconds(ms)}; ${label} takes ${seconds(limits.minMs)} and more.`
    yield error('video_too_short', words, 'Use a longer one.')
  }
  if (ms > limits.maxMs) {
    const words = `The video lasts ${seconds(ms)}; ${label} takes ${seconds(limits.maxMs)} at most.`
    yield error('video_too_long', words, 'Cut it.')
  }
  if (ratio < limits.minRatio || ratio > limits.maxRatio) {
    const shape = ratio < limits.minRatio ? 'taller' : 'wider'
    yield error(
      'video_shape',
      `The video is ${width} by ${height}: ${shape} than ${label} takes.`,
      'Crop it.',
    )
  }
}

function* checkCover(
  error: Say,
  item: Draft['media'][number] | undefined,
  video: AssetFacts,
  files: ReadonlyMap<string, AssetFacts>,
): Generator<Rule> {
  const cover = item?.coverAssetId ? files.get(item.coverAssetId) : undefined
  if (item?.coverAssetId && (cover?.kind !== 'image' || cover.state !== 'ready')) {
    yield error(
      'cover_missing',
      'The cover is not a picture of the library.',
      'Choose another cover.',
    )
  }
  if (item?.coverAtMs && item.coverAtMs > (video.durationMs ?? 0)) {
    yield error(
      'cover_beyond_end',
      'The cover lies beyond the end of the video.',
      'Choose a moment within it.',
    )
  }
}

function* checkDestination({ destination, label }: Manifest, draft: Draft): Generator<Rule> {
  if (destination?.required && !draft.destinationId) {
    yield {
      level: 'error',
      field: 'targets',
      rule: 'destination_missing',
      words: `Choose a ${destination.noun} for “${draft.label}”: ${label} needs one.`,
      fix: `Pick a ${destination.noun} from the list.`,
    }
  }
}

const mb = (bytes: number) => `${(bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0)} MB`
const seconds = (ms: number) =>
  ms < 120_000 ? `${Math.round(ms / 100) / 10} seconds` : `${Math.round(ms / 6_000) / 10} minutes`
