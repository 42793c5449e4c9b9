import type { Asset } from '../../../../contract/media.ts'

/** What the file chooser offers. The server decides by the bytes, not by the name. */
export const chooserTypes = 'image/*,video/*,.heic,.heif,.tif,.tiff,.mkv'

const units = ['bytes', 'kB', 'MB', 'GB'] as const

/** `2.2 MB`, in powers of 1000 as phones and shops count. */
export function bytesWords(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 || size >= 99.5 ? Math.round(size) : Number(size.toFixed(1))} ${units[unit]}`
}

/** `0:07`, `12:30` */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Everything known of a file on one line: `JPEG, 4032 × 3024, 2.2 MB`. */
export function assetWords(asset: Asset): string {
  return [
    asset.format?.toUpperCase(),
    asset.width && asset.height ? `${asset.width} × ${asset.height}` : null,
    asset.durationMs === null ? null : durationWords(asset.durationMs),
    bytesWords(asset.bytes),
  ]
    .filter(Boolean)
    .join(', ')
}
