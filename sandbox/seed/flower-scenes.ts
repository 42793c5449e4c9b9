import { around, type Brush, type Point } from './brush.ts'

const WALLS: [[string, string], ...[string, string][]] = [
  ['#f3e7dc', '#e3cdbb'],
  ['#e6ece4', '#c6d3c4'],
  ['#f5dfdb', '#e7bfb8'],
  ['#dfe6ee', '#bccad8'],
  ['#2f4640', '#1d302b'],
  ['#efe6f0', '#d3c1d8'],
]
const TABLES: [[string, string], ...[string, string][]] = [
  ['#b98d63', '#8a6140'],
  ['#d9c3a5', '#b99b74'],
  ['#efe9e1', '#d5cabb'],
]
const PETALS: [string[], ...string[][]] = [
  ['#e8796f', '#f4b9a7', '#fbe3d3', '#c9484e'],
  ['#f0c05a', '#f7e3a1', '#e58f3c', '#fff4d6'],
  ['#8e6bb0', '#c3a5d9', '#e9dbf2', '#5b3f86'],
  ['#f2f0ea', '#f9d9dc', '#e9a3b0', '#d86d83'],
  ['#5f86c4', '#a9c3e8', '#e6eefa', '#f3d36b'],
]
const GREENS: [string, ...string[]] = ['#4f7a55', '#6b9468', '#3c6349', '#87a878']

function bloom(brush: Brush, at: Point, radius: number, colours: string[]): string {
  const [first = '#e8796f', second = '#f4b9a7', third = '#fbe3d3'] = colours
  const draw = brush.pick([rose, daisy, peony, tulip])
  return `<g transform="translate(${at.x} ${at.y}) rotate(${brush.between(-25, 25)})">${draw(brush, radius, brush.pick([first, second]), third)}</g>`
}

function daisy(brush: Brush, radius: number, colour: string, light: string): string {
  const count = Math.round(brush.between(11, 15))
  const petals = brush.times(
    count,
    (index) =>
      `<ellipse cx="${radius * 0.62}" rx="${radius * 0.42}" ry="${radius * 0.17}" fill="${index % 2 ? colour : light}" transform="rotate(${(360 / count) * index})"/>`,
  )
  return `${petals.join('')}<circle r="${radius * 0.26}" fill="#d99a2b"/><circle r="${radius * 0.16}" fill="#b9761c"/>`
}

function rose(brush: Brush, radius: number, colour: string, light: string): string {
  const outer = brush.times(6, (index) => {
    const { x, y } = around({ x: 0, y: 0 }, radius * 0.45, index * 60 + brush.between(-8, 8))
    return `<circle cx="${x}" cy="${y}" r="${radius * 0.55}" fill="${colour}" stroke="#000" stroke-opacity=".07" stroke-width="3"/>`
  })
  const rings = brush.times(4, (index) => {
    const size = radius * (0.72 - index * 0.16)
    const turn = index * 70 + brush.between(0, 40)
    return `<path d="M${-size} 0 A${size} ${size} 0 1 1 ${size * 0.5} ${size * 0.85}" fill="${colour}" stroke="${light}" stroke-opacity=".75" stroke-width="${radius * 0.06}" stroke-linecap="round" transform="rotate(${turn})"/>`
  })
  return outer.join('') + rings.join('')
}

function peony(brush: Brush, radius: number, colour: string, light: string): string {
  const layer = (count: number, distance: number, size: number, fill: string) =>
    brush
      .times(count, (index) => {
        const { x, y } = around({ x: 0, y: 0 }, radius * distance, (360 / count) * index)
        return `<circle cx="${x}" cy="${y}" r="${radius * size}" fill="${fill}" stroke="#000" stroke-opacity=".05" stroke-width="3"/>`
      })
      .join('')
  return `${layer(9, 0.6, 0.4, colour)}${layer(7, 0.38, 0.34, light)}${layer(5, 0.2, 0.26, colour)}<circle r="${radius * 0.17}" fill="${light}"/>`
}

function tulip(_brush: Brush, radius: number, colour: string, light: string): string {
  const r = radius * 0.95
  return `<path d="M${-r * 0.7} ${-r * 0.5} C${-r} ${r * 0.6} ${-r * 0.4} ${r} 0 ${r} C${r * 0.4} ${r} ${r} ${r * 0.6} ${r * 0.7} ${-r * 0.5} C${r * 0.45} ${-r * 0.3} ${r * 0.3} ${-r * 0.2} 0 ${-r} C${-r * 0.3} ${-r * 0.2} ${-r * 0.45} ${-r * 0.3} ${-r * 0.7} ${-r * 0.5}Z" fill="${colour}"/><path d="M0 ${-r} C${r * 0.5} ${-r * 0.2} ${r * 0.5} ${r * 0.6} 0 ${r} C${-r * 0.5} ${r * 0.6} ${-r * 0.5} ${-r * 0.2} 0 ${-r}Z" fill="${light}" opacity=".55"/>`
}

/** Flowers in a vase on a table. */
export function bouquet(brush: Brush): string {
  const colours = brush.pick(PETALS)
  const neck = { x: 500 + brush.between(-30, 30), y: 930 }
  const heads = brush.times(12, (index) => {
    const angle = -160 + index * (140 / 11) + brush.between(-6, 6)
    return { at: around(neck, brush.between(250, 455), angle), radius: brush.between(62, 118) }
  })
  heads.sort((a, b) => a.at.y - b.at.y)
  const stems = heads.map(
    ({ at }) =>
      `<path d="M${neck.x} ${neck.y + 60} Q${(neck.x + at.x) / 2 + brush.between(-40, 40)} ${(neck.y + at.y) / 2 + 80} ${at.x} ${at.y}" stroke="#4f7a55" stroke-width="9" fill="none"/>`,
  )
  const leaves = brush.times(18, () => {
    const angle = brush.between(-172, -8)
    return brush.leaf(
      around(neck, brush.between(120, 380), angle),
      brush.between(110, 190),
      angle + brush.between(-45, 45),
      brush.pick(GREENS),
    )
  })
  const blooms = heads.map(({ at, radius }) => bloom(brush, at, radius, colours))
  const glaze = brush.pick([
    ['#f7f3ec', '#cfc4b4'],
    ['#8fb0ae', '#4f7674'],
    ['#d98f6a', '#9a5438'],
    ['#34424d', '#1b242c'],
  ] as [string[], ...string[][]])
  const vase = brush.gradient(glaze[0] ?? '#fff', glaze[1] ?? '#ccc', 'across')
  const { x } = neck
  return `${brush.room(brush.pick(WALLS), brush.pick(TABLES), 1190)}${vase.definition}${brush.shadow(x + 60, 1340, 230, 44)}${stems.join('')}${leaves.join('')}<path d="M${x - 70} 900 C${x - 60} 980 ${x - 190} 1040 ${x - 170} 1210 C${x - 160} 1310 ${x - 90} 1340 ${x} 1340 C${x + 90} 1340 ${x + 160} 1310 ${x + 170} 1210 C${x + 190} 1040 ${x + 60} 980 ${x + 70} 900 Z" fill="${vase.fill}"/><path d="M${x - 110} 1100 C${x - 130} 1190 ${x - 110} 1260 ${x - 80} 1290" stroke="#fff" stroke-opacity=".35" stroke-width="16" fill="none" stroke-linecap="round"/>${blooms.join('')}`
}

/** A wreath on a wall. */
export function wreath(brush: Brush): string {
  const centre = { x: 500, y: 760 }
  const colours = brush.pick(PETALS)
  const [from, to] = brush.pick(WALLS)
  const wall = brush.gradient(from, to)
  const planks = brush.times(
    5,
    (index) =>
      `<path d="M${index * 220 + 40} 0 V1500" stroke="#000" stroke-opacity=".06" stroke-width="6"/>`,
  )
  const leaves = brush.times(84, (index) => {
    const angle = index * (360 / 84)
    return brush.leaf(
      around(centre, 300 + brush.between(-34, 34), angle),
      brush.between(90, 150),
      angle + 78 + brush.between(-48, 48),
      brush.pick(GREENS),
    )
  })
  const blooms = brush.times(13, (index) => {
    const angle = 20 + index * 12 + (index > 8 ? 130 : 0)
    return bloom(
      brush,
      around(centre, 300 + brush.between(-26, 26), angle),
      brush.between(46, 92),
      colours,
    )
  })
  return `${wall.definition}<rect width="1000" height="1500" fill="${wall.fill}"/>${planks.join('')}<path d="M500 120 L470 470 M500 120 L530 470" stroke="#b98d63" stroke-width="9"/><circle cx="500" cy="116" r="16" fill="#7b5a3c"/><circle cx="514" cy="782" r="300" fill="none" stroke="#000" stroke-opacity=".12" stroke-width="120"/>${leaves.join('')}${blooms.join('')}`
}

/** One flower, as an old botanical print. */
export function stem(brush: Brush): string {
  const colours = brush.pick(PETALS)
  const [from, to] = brush.pick(WALLS)
  const wall = brush.gradient(from, to)
  const sway = brush.between(-60, 60)
  const leaves = brush.times(7, (index) => {
    const y = 1130 - index * 90
    const side = index % 2 ? 1 : -1
    return brush.leaf(
      { x: 500 + sway * 0.3, y },
      190 - index * 10,
      side > 0 ? -28 : 208,
      brush.pick(GREENS),
    )
  })
  const buds = brush.times(2, (index) =>
    bloom(brush, { x: 500 + sway + (index ? 150 : -150), y: 560 + index * 60 }, 64, colours),
  )
  return `${wall.definition}<rect width="1000" height="1500" fill="${wall.fill}"/><rect x="150" y="140" width="720" height="1240" fill="#000" opacity=".14"/><rect x="130" y="120" width="740" height="1260" fill="#fbf7ee"/><rect x="170" y="160" width="660" height="1180" fill="none" stroke="#cbbfa6" stroke-width="3"/><path d="M500 1220 C${500 - sway} 1000 ${500 + sway} 700 ${500 + sway} 430" stroke="#4f7a55" stroke-width="13" fill="none"/><path d="M${500 + sway} 700 Q${430 + sway} 640 ${350 + sway} 560 M${500 + sway} 720 Q${590 + sway} 690 ${650 + sway} 620" stroke="#4f7a55" stroke-width="8" fill="none"/>${leaves.join('')}${buds.join('')}${bloom(brush, { x: 500 + sway, y: 410 }, 170, colours)}<path d="M380 1268 h240 M430 1296 h140" stroke="#8d8168" stroke-width="5" stroke-linecap="round"/>`
}

/** Pots on a sill before a window. */
export function pots(brush: Brush): string {
  const sky = brush.gradient(brush.pick(['#bfd9e6', '#f3d9c0', '#cfe0cf']), '#f7f3ea')
  const panes = brush.times(
    3,
    (index) =>
      `<rect x="${150 + index * 240}" y="150" width="210" height="${760}" rx="10" fill="${sky.fill}"/>`,
  )
  const hills = `<path d="M150 760 Q300 640 430 720 T700 690 T840 730 V910 H150Z" fill="#8fb08a" opacity=".6"/>`
  const plants = brush.times(3, (index) => {
    const x = 240 + index * 260
    const clay = brush.pick(['#c06f48', '#e6dccb', '#4b6b6a', '#d9a54e'])
    const tall = brush.between(200, 380)
    const fronds = brush.times(11, (blade) => {
      const angle = -150 + blade * 12 + brush.between(-6, 6)
      return brush.leaf({ x, y: 1010 }, tall * brush.between(0.7, 1), angle, brush.pick(GREENS))
    })
    const blossoms = brush.chance(0.7)
      ? brush.times(4, () =>
          bloom(
            brush,
            around({ x, y: 1010 }, tall * brush.between(0.6, 0.95), brush.between(-140, -40)),
            48,
            brush.pick(PETALS),
          ),
        )
      : []
    return `${brush.shadow(x + 20, 1240, 120, 24)}${fronds.join('')}${blossoms.join('')}<path d="M${x - 105} 1000 H${x + 105} L${x + 78} 1240 H${x - 78}Z" fill="${clay}"/><rect x="${x - 118}" y="985" width="236" height="50" rx="8" fill="${clay}"/><rect x="${x - 118}" y="1028" width="236" height="9" fill="#000" opacity=".12"/>`
  })
  return `${sky.definition}<rect width="1000" height="1500" fill="#efe7db"/>${panes.join('')}<g clip-path="none">${hills}</g><g fill="#efe7db"><rect x="360" y="150" width="30" height="780"/><rect x="600" y="150" width="30" height="780"/></g><rect x="150" y="150" width="690" height="760" fill="none" stroke="#fffaf2" stroke-width="26" rx="12"/><path d="M150 500 H840" stroke="#fffaf2" stroke-width="16"/><rect x="60" y="1200" width="880" height="70" rx="8" fill="#fffaf2"/><rect x="60" y="1262" width="880" height="14" fill="#000" opacity=".1"/>${plants.join('')}`
}
