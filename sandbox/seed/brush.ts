export type Point = { x: number; y: number }

/** Draws pieces of SVG with a repeatable hand: the same seed gives the same picture. */
export class Brush {
  readonly #random: () => number
  #definitions = 0

  constructor(random: () => number) {
    this.#random = random
  }

  between(from: number, to: number): number {
    return Math.round((from + this.#random() * (to - from)) * 10) / 10
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.#random() * choices.length)] ?? choices[0]
  }

  chance(probability: number): boolean {
    return this.#random() < probability
  }

  times<T>(count: number, draw: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => draw(index))
  }

  /** A top-to-bottom gradient; returns its definition and what to fill with. */
  gradient(from: string, to: string, angle: 'down' | 'across' | 'round' = 'down') {
    this.#definitions += 1
    const name = `g${this.#definitions}`
    const stops = `<stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>`
    const definition =
      angle === 'round'
        ? `<radialGradient id="${name}" cx=".4" cy=".35" r=".75">${stops}</radialGradient>`
        : `<linearGradient id="${name}" x2="${angle === 'across' ? 1 : 0}" y2="${angle === 'down' ? 1 : 0}">${stops}</linearGradient>`
    return { definition, fill: `url(#${name})` }
  }

  /** Wall and table, with light falling from the upper left. */
  room(wall: [string, string], table: [string, string], tableY: number): string {
    const back = this.gradient(wall[0], wall[1])
    const top = this.gradient(table[0], table[1])
    return `${back.definition}${top.definition}<rect width="1000" height="1500" fill="${back.fill}"/><path d="M-100 ${tableY - 900} L420 -60 L820 -60 L160 ${tableY} L-100 ${tableY}Z" fill="#fff" opacity=".13"/><rect y="${tableY}" width="1000" height="${1500 - tableY}" fill="${top.fill}"/><rect y="${tableY}" width="1000" height="5" fill="#000" opacity=".07"/>`
  }

  shadow(x: number, y: number, rx: number, ry: number, depth = 0.22): string {
    return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="#2b1d12" opacity="${depth * 0.5}"/><ellipse cx="${x}" cy="${y}" rx="${rx * 0.82}" ry="${ry * 0.72}" fill="#2b1d12" opacity="${depth * 0.6}"/>`
  }

  /** A leaf from a point, pointing at an angle in degrees. */
  leaf(at: Point, length: number, angle: number, colour: string): string {
    const width = length * 0.3
    return `<g transform="translate(${at.x} ${at.y}) rotate(${angle})"><path d="M0 0 C${length * 0.25} ${-width} ${length * 0.75} ${-width} ${length} 0 C${length * 0.75} ${width} ${length * 0.25} ${width} 0 0Z" fill="${colour}"/><path d="M0 0 L${length * 0.9} 0" stroke="#fff" stroke-opacity=".28" stroke-width="3"/></g>`
  }
}

export const around = (centre: Point, radius: number, degrees: number): Point => ({
  x: Math.round(centre.x + radius * Math.cos((degrees * Math.PI) / 180)),
  y: Math.round(centre.y + radius * Math.sin((degrees * Math.PI) / 180)),
})
