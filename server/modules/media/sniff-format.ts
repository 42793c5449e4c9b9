/** What a file is, by its first bytes. Names and declared types are never believed. */

export type ImageFormat = 'jpeg' | 'png' | 'heic' | 'tiff' | 'webp' | 'gif' | 'avif'
export type VideoFormat = 'mp4' | 'mov' | 'webm' | 'mkv'
export type MediaFormat = ImageFormat | VideoFormat

/** `known` is media that we can name but not read; `other` is anything else. */
export type Sniffed = { format: MediaFormat } | { known: string } | { other: string }

/** How many first bytes `sniffFormat` wants. */
export const headBytes = 4096

export function kindOf(format: MediaFormat): 'image' | 'video' {
  return ['mp4', 'mov', 'webm', 'mkv'].includes(format) ? 'video' : 'image'
}

type Signature = readonly [at: number, bytes: string, is: Sniffed]

/** Bytes as latin1. From the formats' own specifications; the order matters only where one begins another. */
const signatures: readonly Signature[] = [
  [0, '\xff\xd8\xff', { format: 'jpeg' }],
  [0, '\x89PNG\r\n\x1a\n', { format: 'png' }],
  [0, 'GIF87a', { format: 'gif' }],
  [0, 'GIF89a', { format: 'gif' }],
  [0, 'II*\0\x10\0\0\0CR', { known: 'a camera raw file' }],
  [0, 'II*\0', { format: 'tiff' }],
  [0, 'MM\0*', { format: 'tiff' }],
  [0, 'II+\0', { format: 'tiff' }],
  [0, 'MM\0+', { format: 'tiff' }],
  [8, 'WEBP', { format: 'webp' }],
  [8, 'AVI ', { known: 'an AVI video' }],
  [0, '8BPS', { known: 'a Photoshop file' }],
  [0, '\xff\x0a', { known: 'a JPEG XL picture' }],
  [0, '\0\0\0\x0cJXL ', { known: 'a JPEG XL picture' }],
  [0, '\0\0\0\x0cjP  ', { known: 'a JPEG 2000 picture' }],
  [0, 'FLV\x01', { known: 'a Flash video' }],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', { known: 'a Windows Media file' }],
  [0, '\0\0\x01\xba', { known: 'an MPEG video' }],
  [0, '\0\0\x01\xb3', { known: 'an MPEG video' }],
  [0, 'OggS', { known: 'an Ogg file' }],
  [0, 'ID3', { known: 'an MP3 file' }],
  [8, 'WAVE', { known: 'a WAV file' }],
  [0, 'fLaC', { known: 'a FLAC file' }],
  [0, '%PDF-', { other: 'a PDF' }],
  [0, 'PK\x03\x04', { other: 'an archive or office document' }],
  [0, 'Rar!', { other: 'an archive' }],
  [0, '7z\xbc\xaf', { other: 'an archive' }],
  [0, '\x1f\x8b', { other: 'an archive' }],
  [0, 'MZ', { other: 'a program' }],
  [0, '\x7fELF', { other: 'a program' }],
  [0, '\xca\xfe\xba\xbe', { other: 'a program' }],
  [0, '\xcf\xfa\xed\xfe', { other: 'a program' }],
  [0, '#!', { other: 'a program' }],
]

/** Says what the first bytes (up to `headBytes`) of a file are. */
export function sniffFormat(head: Buffer): Sniffed {
  const text = head.toString('latin1')
  for (const [at, bytes, is] of signatures) {
    if (!text.startsWith(bytes, at)) continue
    if (at === 8 && !text.startsWith('RIFF')) continue
    return is
  }
  if (text.startsWith('\x1a\x45\xdf\xa3')) return matroska(text)
  if (text.startsWith('ftyp', 4)) return isoFile(head, text)
  // QuickTime files of before 2001 have no `ftyp`; their first box is one of these.
  if (/^(moov|mdat|wide|free|skip|pnot)$/.test(text.slice(4, 8))) return { format: 'mov' }
  if (/<svg[\s>]/i.test(text)) return { other: 'an SVG drawing' }
  if (/<(!doctype|html|script|head|body|\?xml)/i.test(text)) return { other: 'a web page' }
  return { other: 'something else' }
}

/** Matroska and WebM differ in the DocType element (0x4282) of the EBML header. */
function matroska(text: string): Sniffed {
  const docType = /\x42\x82[\x81-\x8f](webm|matroska)/.exec(text.slice(0, 128))?.[1]
  if (docType === undefined) return { other: 'something else' }
  return { format: docType === 'webm' ? 'webm' : 'mkv' }
}

/** ISO base media files say what they are by brands (ISO/IEC 14496-12, 23008-12). */
function isoFile(head: Buffer, text: string): Sniffed {
  const end = Math.min(head.readUInt32BE(0), 256, head.length)
  const brands = [text.slice(8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text.slice(at, at + 4))
  const has = (...names: string[]) => names.some((name) => brands.includes(name))
  if (brands[0] === 'crx ') return { known: 'a camera raw file' }
  if (has('avif', 'avis')) return { format: 'avif' }
  if (has('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx')) return { format: 'heic' }
  if (has('mif1', 'msf1')) return { known: 'a HEIF picture of a rare kind' }
  return { format: brands[0] === 'qt  ' ? 'mov' : 'mp4' }
}

/**
 * Whether a picture is also something else: a web page, PDF or program near its start, or an
 * archive at its end. Programs that look for those find them there (polyglot files).
 */
export function hidesOtherContent(head: Buffer, tail: Buffer): boolean {
  const text = head.toString('latin1')
  if (/<(!doctype\s+html|html[\s>]|script[\s>]|svg[\s>]|iframe[\s>]|\?php)/i.test(text)) return true
  return text.slice(0, 1024).includes('%PDF-') || endsInZip(tail)
}

/** A ZIP ends with a record whose last field is the length of the comment that follows it. */
function endsInZip(tail: Buffer): boolean {
  for (let at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1'); at >= 0; ) {
    if (at + 22 <= tail.length && tail.readUInt16LE(at + 20) === tail.length - at - 22) return true
    at = at === 0 ? -1 : tail.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  }
  return false
}

/** Longest tail that can hold a ZIP's end record: 22 bytes and a comment of 65,535. */
export const tailBytes = 65_557
