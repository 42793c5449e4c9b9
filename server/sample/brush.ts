/** What the pictures of the sample are drawn with: colours by name, and chance that repeats. */

export const width = 1000
export const height = 1500

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed: number): (from?: number, to?: number) => number {
  let state = seed * 0x9e3779b9
  return (from = 0, to = 1) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * (to - from)
  }
}

export const many = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('')

/** Rounded, so that the drawing stays short. */
export const at = (value: number): string => value.toFixed(1)

/** A wall lit from the upper left, and a table from `tableAt` on. */
export function room(wall: [string, string], table: [string, string], tableAt: number): string {
  return `<defs>
    <linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${wall[0]}"/><stop offset="1" stop-color="${wall[1]}"/></linearGradient>
    <linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${table[0]}"/><stop offset="1" stop-color="${table[1]}"/></linearGradient>
    <radialGradient id="light" cx="0.25" cy="0.15" r="0.9"><stop offset="0" stop-color="#fff" stop-opacity="0.45"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
    <filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="22"/></filter>
    <filter id="blur" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="6"/></filter>
  </defs>
  <rect width="${width}" height="${height}" fill="url(#wall)"/>
  <rect width="${width}" height="${height}" fill="url(#light)"/>
  <rect y="${tableAt}" width="${width}" height="${height - tableAt}" fill="url(#table)"/>`
}

export const shadow = (x: number, y: number, rx: number, ry: number, strength = 0.28): string =>
  `<ellipse cx="${at(x)}" cy="${at(y)}" rx="${at(rx)}" ry="${at(ry)}" fill="#000" opacity="${strength}" filter="url(#soft)"/>`

/** A pointed leaf from a point, in degrees clockwise from upward. */
export function leaf(x: number, y: number, long: number, turn: number, fill: string): string {
  const wide = long * 0.2
  return `<path transform="translate(${at(x)} ${at(y)}) rotate(${at(turn)})" fill="${fill}" d="M0 0 C${at(wide)} ${at(-long * 0.3)} ${at(wide)} ${at(-long * 0.75)} 0 ${at(-long)} C${at(-wide)} ${at(-long * 0.75)} ${at(-wide)} ${at(-long * 0.3)} 0 0Z"/>`
}

/** A blossom seen from the front: rings of petals that get lighter towards the heart. */
export function blossom(
  x: number,
  y: number,
  radius: number,
  [outer, inner, heart]: readonly [string, string, string],
  turn: number,
): string {
  const ring = (count: number, reach: number, fill: string, from: number) =>
    many(count, (index) => {
      const angle = from + (index * 360) / count
      const petal = radius * reach
      return `<ellipse transform="rotate(${at(angle)}) translate(0 ${at(-petal * 0.55)})" rx="${at(petal * 0.3)}" ry="${at(petal * 0.5)}" fill="${fill}" stroke="#000" stroke-opacity="0.07" stroke-width="2"/>`
    })
  return `<g transform="translate(${at(x)} ${at(y)})">${ring(11, 1, outer, turn)}${ring(9, 0.72, inner, turn + 17)}<circle r="${at(radius * 0.2)}" fill="${heart}"/><circle r="${at(radius * 0.1)}" fill="#000" opacity="0.18"/></g>`
}
