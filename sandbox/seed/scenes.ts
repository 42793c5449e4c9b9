import sharp from 'sharp'
import { seededRandom } from '../random.ts'
import { cake, coffee, croissants, loaf, pie } from './bakery-scenes.ts'
import { Brush } from './brush.ts'
import { bouquet, pots, stem, wreath } from './flower-scenes.ts'
import { armchair, joint, lamp, shelf, table } from './furniture-scenes.ts'
import { monogram } from './monogram.ts'

const SCENES = {
  bouquet,
  wreath,
  stem,
  pots,
  loaf,
  croissants,
  cake,
  coffee,
  pie,
  armchair,
  table,
  shelf,
  joint,
  lamp,
  monogram,
}

/** A picture that is drawn when first looked at: what it shows, and the seed of its colours and shapes. */
export type Scene = { kind: keyof typeof SCENES; seed: string }

/** Width and height of what the scenes are composed for. */
export const SCENE_SIZE = { width: 1000, height: 1500 }

/** The scene as a JPEG of the given size, cropped to it where the shape differs. */
export async function renderScene(scene: Scene, width: number, height: number): Promise<Buffer> {
  const drawn = SCENES[scene.kind](new Brush(seededRandom(scene.seed)), scene.seed)
  const top = (SCENE_SIZE.height - (SCENE_SIZE.width * height) / width) / 2
  const box =
    scene.kind === 'monogram'
      ? '0 0 1000 1000'
      : `0 ${Math.max(0, top)} 1000 ${Math.min(1500, (1000 * height) / width)}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box}" preserveAspectRatio="xMidYMid slice">${drawn}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 86 }).toBuffer()
}
