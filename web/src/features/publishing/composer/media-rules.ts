import type { Manifest } from '../../../../../contract/networks.ts'

const megabytes = (bytes: number) =>
  bytes >= 1_000_000_000
    ? `${+(bytes / 1_000_000_000).toFixed(1)} GB`
    : `${Math.floor(bytes / 1_000_000)} MB`
const seconds = (ms: number) => (ms >= 60_000 ? `${ms / 60_000} minutes` : `${ms / 1000} seconds`)

/** What the chosen networks take, a sentence each, so that nobody has to try. */
export function mediaRules(manifests: readonly Manifest[]): string {
  const unique = [...new Map(manifests.map((one) => [one.network, one])).values()]
  return unique
    .map(({ label, media: { image, carousel, video } }) => {
      const takes = [
        `one image up to ${megabytes(image.maxBytes)}`,
        carousel &&
          `${carousel.min} to ${carousel.max} images${carousel.sameRatio ? ' of the same shape' : ''}`,
        video &&
          `one video of ${seconds(video.minMs)} to ${seconds(video.maxMs)}${video.needsCover ? ' with a cover' : ''}`,
      ].filter(Boolean)
      const last = takes.pop()
      return `${label} takes ${takes.length > 0 ? `${takes.join(', ')} or ${last}` : last}.`
    })
    .join(' ')
}
