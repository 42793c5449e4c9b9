import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import sharp from 'sharp'

const fromPhones = join(import.meta.dirname, '../../shared/media/photos')
let drawn: string | undefined

/**
 * Paths of photos as phones make them, where a folder of such stands beside the repository. Else
 * pictures made here, with what phones add: a position, an orientation, and TIFF in place of HEIC.
 */
export async function photos(...names: string[]): Promise<string[]> {
  if (existsSync(fromPhones)) return names.map((name) => join(fromPhones, name))
  drawn ??= await mkdtemp(join(tmpdir(), 'avow-photos-'))
  const folder = drawn
  return Promise.all(names.map((name) => draw(folder, name)))
}

async function draw(folder: string, file: string): Promise<string> {
  const { name, ext } = parse(file)
  const path = join(folder, `${name}${ext === '.heic' ? '.tiff' : ext}`)
  const hue = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 360
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">
    <rect width="1600" height="1200" fill="hsl(${hue} 45% 60%)"/>
    <circle cx="1100" cy="500" r="330" fill="hsl(${(hue + 60) % 360} 70% 50%)"/>
  </svg>`
  await sharp(Buffer.from(picture))
    .withExif({ IFD3: { GPSLatitude: '53/1 33/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .toFile(path)
  return path
}
