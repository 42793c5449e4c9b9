import sharp from 'sharp'
import { height, width } from './brush.ts'
import { bouquet, chair, lamp, loaves, shelves, tart, wreath } from './scenes.ts'

const cream = { wall: ['#f4ebdd', '#e2d1ba'], table: ['#c9a882', '#a98357'] } as const
const sage = { wall: ['#dfe6da', '#b9c8b4'], table: ['#d9cbb4', '#b7a285'] } as const
const dusk = { wall: ['#3c4a52', '#232d33'], table: ['#5d4a3c', '#3f3128'] } as const
const blush = { wall: ['#f7e3dd', '#e7c2b6'], table: ['#f3ece4', '#d9cabc'] } as const
const slate = { wall: ['#cfd8dc', '#9fb0b8'], table: ['#8f989c', '#6d777c'] } as const
const linen = { wall: ['#efe9df', '#d8cdbd'], table: ['#e8dfd2', '#cdbfab'] } as const
type Fixed = typeof cream
const mood = ({ wall, table }: { [K in keyof Fixed]: readonly [string, string] }) => ({
  wall: [...wall] as [string, string],
  table: [...table] as [string, string],
})

const rose = ['#d9748a', '#f0a6b4', '#f6d98b'] as const
const peach = ['#e8956b', '#f6c19c', '#8a4b2f'] as const
const ivory = ['#f3ead8', '#fffaf0', '#e0bd63'] as const
const plum = ['#7d3b62', '#b06a93', '#f0cf7a'] as const

/** Every picture of the sample's library: its file name, what is seen, and how it is drawn. */
export const pictures = {
  'late-summer-bouquet.jpg': {
    altText: 'A full bouquet in rose and peach, in a white vase',
    draw: () => bouquet(7, mood(cream), [rose, peach, ivory], '#f7f2ea'),
  },
  'white-bridal-bouquet.jpg': {
    altText: 'A bouquet in white and ivory before a sage wall',
    draw: () => bouquet(21, mood(sage), [ivory, ivory, rose], '#c8d2cf'),
  },
  'evening-dahlias.jpg': {
    altText: 'Plum and peach dahlias before a dark wall',
    draw: () => bouquet(34, mood(dusk), [plum, peach], '#d9cdbf'),
  },
  'olive-wreath.jpg': {
    altText: 'A wreath of olive leaves with ivory blossoms on a wooden wall',
    draw: () => wreath(3, mood(linen), ['#7f8d68', '#97a37d', '#66744f'], ivory),
  },
  'winter-wreath.jpg': {
    altText: 'A dark green wreath with plum blossoms',
    draw: () => wreath(12, mood(slate), ['#2f5240', '#406650', '#577a5f'], plum),
  },
  'country-loaves.jpg': {
    altText: 'Three country loaves on a wooden board',
    draw: () => loaves(5, mood(linen), ['#c98b4a', '#9a622b'], 3),
  },
  'rye-loaves.jpg': {
    altText: 'Two dark rye loaves, dusted with flour',
    draw: () => loaves(9, mood(slate), ['#8a5a33', '#5f3a1e'], 2),
  },
  'berry-tart.jpg': {
    altText: 'A round tart covered in red berries',
    draw: () => tart(4, mood(blush), ['#a31f34', '#c8374a', '#7d1630']),
  },
  'blueberry-tart.jpg': {
    altText: 'A round tart with blueberries and a little mint',
    draw: () => tart(15, mood(sage), ['#3a4a7d', '#52639a', '#2c355c']),
  },
  'oak-chair.jpg': {
    altText: 'An oak chair with a green seat before a cream wall',
    draw: () => chair(mood(cream), ['#b98a58', '#8f6538'], '#6d7f62'),
  },
  'walnut-chair.jpg': {
    altText: 'A walnut chair with a rust-coloured seat',
    draw: () => chair(mood(slate), ['#6e4a33', '#4d3222'], '#b4633d'),
  },
  'dinner-lamp.jpg': {
    altText: 'A dark pendant lamp over a table with fruit',
    draw: () => lamp(mood(linen), '#2e3b3a', '#a87a4c'),
  },
  'kitchen-shelves.jpg': {
    altText: 'Three oak shelves with books and plants',
    draw: () => shelves(6, mood(sage), '#b28756'),
  },
} as const satisfies Record<string, { altText: string; draw: () => string }>

export type PictureName = keyof typeof pictures

/** The picture as a JPEG, 1000 x 1500. */
export function drawPicture(name: PictureName): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${pictures[name].draw()}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer()
}
