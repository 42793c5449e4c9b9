import { around, type Brush } from './brush.ts'

const CLOTHS: [[string, string], ...[string, string][]] = [
  ['#efe6d8', '#dccbb2'],
  ['#dfe5e6', '#c1cccf'],
  ['#5b4636', '#3a2a1f'],
  ['#e9d3c6', '#d5b3a0'],
  ['#39454c', '#242d33'],
]

/** A table seen from above: cloth with a woven stripe, and a dusting of flour. */
function fromAbove(brush: Brush): string {
  const [light, dark] = brush.pick(CLOTHS)
  const cloth = brush.gradient(light, dark)
  const stripes = brush.times(
    3,
    (index) =>
      `<path d="M${120 + index * 26} 0 V1500" stroke="#fff" stroke-opacity=".22" stroke-width="${index === 1 ? 12 : 5}"/>`,
  )
  const flour = brush.times(
    70,
    () =>
      `<circle cx="${brush.between(0, 1000)}" cy="${brush.between(0, 1500)}" r="${brush.between(1.5, 6)}" fill="#fff" opacity="${brush.between(0.2, 0.7)}"/>`,
  )
  return `${cloth.definition}<rect width="1000" height="1500" fill="${cloth.fill}"/>${stripes.join('')}${flour.join('')}`
}

function board(x: number, y: number, width: number, height: number): string {
  const grain = Array.from({ length: 6 }, (_, index) => {
    const at = y + ((index + 1) * height) / 7
    return `<path d="M${x + 30} ${at} q${width / 4} ${index % 2 ? 14 : -14} ${width / 2} 0 t${width / 2 - 60} 0" stroke="#7a4d2a" stroke-opacity=".25" stroke-width="5" fill="none"/>`
  })
  return `<rect x="${x + 18}" y="${y + 26}" width="${width}" height="${height}" rx="60" fill="#000" opacity=".2"/><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="60" fill="#b88450"/>${grain.join('')}`
}

/** A round loaf with the baker's cuts. */
export function loaf(brush: Brush): string {
  const crust = brush.gradient('#dc9a4e', '#8a4a1d', 'round')
  const tilt = brush.between(-24, 24)
  const cuts = brush.times(3, (index) => {
    const y = -130 + index * 130
    return `<path d="M-210 ${y} Q0 ${y - 70} 210 ${y} Q0 ${y + 26} -210 ${y}Z" fill="#f3dcae"/><path d="M-210 ${y} Q0 ${y - 70} 210 ${y}" stroke="#6f3713" stroke-width="8" fill="none"/>`
  })
  const wheat = brush.times(
    9,
    (index) =>
      `<g transform="translate(${790 - index * 14} ${1180 + index * 26}) rotate(${-30 + index * 2})"><ellipse rx="34" ry="12" fill="#d7a94b"/><ellipse cx="10" cy="22" rx="34" ry="12" fill="#e6c06b"/></g>`,
  )
  return `${fromAbove(brush)}${board(150, 330, 700, 840)}${crust.definition}<g transform="translate(500 740) rotate(${tilt})"><ellipse cx="20" cy="40" rx="322" ry="332" fill="#000" opacity=".25"/><ellipse rx="318" ry="326" fill="${crust.fill}"/><ellipse rx="262" ry="268" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="22" stroke-dasharray="3 17"/>${cuts.join('')}</g><path d="M800 1170 L640 1430" stroke="#c79a43" stroke-width="8"/>${wheat.join('')}`
}

/** Croissants on a plate. */
export function croissants(brush: Brush): string {
  const gold = brush.gradient('#f0b860', '#b86a26')
  const one = (x: number, y: number, turn: number) => {
    const ribs = [-190, -115, -35, 45, 125, 195].map(
      (at, index) =>
        `<path d="M${at} ${-80 + Math.abs(at) * 0.35} q${26} ${70 - Math.abs(index - 2.5) * 8} ${6} ${150 - Math.abs(at) * 0.36}" stroke="#7e4114" stroke-opacity=".55" stroke-width="10" fill="none"/>`,
    )
    return `<g transform="translate(${x} ${y}) rotate(${turn})"><path d="M-290 90 C-260 -60 -120 -140 0 -140 C120 -140 260 -60 290 90 C230 60 150 70 110 110 C60 84 -60 84 -110 110 C-150 70 -230 60 -290 90Z" fill="#000" opacity=".22" transform="translate(14 24)"/><path d="M-290 90 C-260 -60 -120 -140 0 -140 C120 -140 260 -60 290 90 C230 60 150 70 110 110 C60 84 -60 84 -110 110 C-150 70 -230 60 -290 90Z" fill="${gold.fill}"/>${ribs.join('')}<path d="M-150 -70 Q0 -140 150 -70" stroke="#fff" stroke-opacity=".35" stroke-width="14" fill="none" stroke-linecap="round"/></g>`
  }
  const plate = brush.pick(['#f6f1e8', '#a9c0c4', '#e8c9b5', '#2f3c44'])
  return `${fromAbove(brush)}${gold.definition}<circle cx="520" cy="790" r="410" fill="#000" opacity=".18"/><circle cx="500" cy="760" r="410" fill="${plate}"/><circle cx="500" cy="760" r="318" fill="none" stroke="#000" stroke-opacity=".08" stroke-width="9"/>${one(470, 600, brush.between(-28, -8))}${one(540, 840, brush.between(6, 30))}${one(460, 1010, brush.between(-14, 10))}`
}

/** A layer cake on a stand. */
export function cake(brush: Brush): string {
  const [icing, sponge, berry] = brush.pick([
    ['#f7e6d8', '#c98d5a', '#b2283f'],
    ['#f2c9cd', '#e9d3a8', '#7d1f3a'],
    ['#4d2c1f', '#7a4a30', '#e9c9a0'],
    ['#e9efe0', '#d8c07a', '#3c4f8f'],
  ] as [string[], ...string[][]])
  const drips = brush.times(9, (index) => {
    const x = 270 + index * 58
    return `<path d="M${x - 32} 640 v${brush.between(50, 150)} a22 22 0 0 0 44 0 V640Z" fill="${icing}"/>`
  })
  const berries = brush.times(17, (index) => {
    const x = 270 + index * 29
    const y = 590 - Math.sin((index / 16) * Math.PI) * 46 + brush.between(-10, 10)
    return `<circle cx="${x}" cy="${y}" r="${brush.between(24, 38)}" fill="${berry}"/><circle cx="${x - 8}" cy="${y - 10}" r="8" fill="#fff" opacity=".4"/>`
  })
  const layers = brush.times(
    4,
    (index) =>
      `<rect x="240" y="${640 + index * 118}" width="520" height="82" fill="${sponge}"/><rect x="240" y="${722 + index * 118}" width="520" height="36" fill="${icing}"/>`,
  )
  const mint = brush.times(5, (index) =>
    brush.leaf({ x: 360 + index * 70, y: 556 }, 74, -130 + index * 24, '#5c8a5c'),
  )
  return `${brush.room(brush.pick(CLOTHS), ['#c9a27a', '#a1774e'], 1180)}${brush.shadow(520, 1370, 330, 46)}<path d="M430 1160 h140 l40 190 h-220Z" fill="#fffaf3"/><ellipse cx="500" cy="1356" rx="190" ry="30" fill="#f1e8db"/><ellipse cx="500" cy="1150" rx="400" ry="46" fill="#fffaf3"/><ellipse cx="500" cy="1138" rx="400" ry="40" fill="#f1e8db"/>${layers.join('')}<rect x="240" y="600" width="520" height="70" rx="34" fill="${icing}"/>${drips.join('')}<rect x="240" y="600" width="90" height="512" fill="#000" opacity=".06"/>${mint.join('')}${berries.join('')}`
}

/** A cup from above, with a leaf in the milk. */
export function coffee(brush: Brush): string {
  const cup = brush.pick(['#f7f2ea', '#6b8f8c', '#d98f6a', '#2d3a44'])
  const leaves = brush.times(5, (index) => {
    const y = -120 + index * 62
    const wide = 150 - index * 18
    return `<path d="M0 ${y + 60} C${-wide} ${y + 20} ${-wide} ${y - 50} 0 ${y} C${wide} ${y - 50} ${wide} ${y + 20} 0 ${y + 60}Z" fill="#f6e4c8"/><path d="M0 ${y + 46} C${-wide * 0.6} ${y + 16} ${-wide * 0.6} ${y - 16} 0 ${y + 18} C${wide * 0.6} ${y - 16} ${wide * 0.6} ${y + 16} 0 ${y + 46}Z" fill="#a8683a"/>`
  })
  const biscuits = brush.times(2, (index) => {
    const at = around({ x: 500, y: 730 }, 430, 60 + index * 26)
    const chips = brush.times(
      7,
      () =>
        `<circle cx="${brush.between(-64, 64)}" cy="${brush.between(-64, 64)}" r="${brush.between(9, 16)}" fill="#4a2814"/>`,
    )
    return `<g transform="translate(${at.x} ${at.y + 60})"><circle cx="10" cy="16" r="112" fill="#000" opacity=".2"/><circle r="110" fill="#cf9a57"/>${chips.join('')}</g>`
  })
  const beans = brush.times(
    9,
    () =>
      `<g transform="translate(${brush.between(80, 330)} ${brush.between(1200, 1420)}) rotate(${brush.between(0, 180)})"><ellipse rx="34" ry="23" fill="#4a2814"/><path d="M-32 0 q16 -14 32 0 t32 0" stroke="#2a140a" stroke-width="6" fill="none"/></g>`,
  )
  return `${fromAbove(brush)}<circle cx="524" cy="770" r="390" fill="#000" opacity=".18"/><circle cx="500" cy="730" r="390" fill="#fbf6ee"/><circle cx="500" cy="730" r="300" fill="none" stroke="#000" stroke-opacity=".06" stroke-width="8"/><rect x="700" y="690" width="190" height="80" rx="40" fill="${cup}" transform="rotate(24 500 730)"/><circle cx="516" cy="752" r="262" fill="#000" opacity=".16"/><circle cx="500" cy="730" r="258" fill="${cup}"/><circle cx="500" cy="730" r="222" fill="#8a4f27"/><circle cx="500" cy="730" r="222" fill="none" stroke="#c98d55" stroke-width="16"/><g transform="translate(500 720) rotate(${brush.between(-30, 30)})">${leaves.join('')}</g>${biscuits.join('')}${beans.join('')}`
}

/** A pie with a lattice. */
export function pie(brush: Brush): string {
  const fruit = brush.pick(['#8c1f36', '#b5561f', '#4a2a5e', '#c98a1e'])
  const crust = brush.gradient('#e9b86c', '#b0702f', 'round')
  const bars = brush.times(6, (index) => {
    const at = -250 + index * 100
    const half = Math.sqrt(Math.max(0, 300 ** 2 - at ** 2))
    return `<rect x="${-half}" y="${at - 24}" width="${half * 2}" height="48" rx="10" fill="#e2ac5e" stroke="#8a4a1d" stroke-opacity=".4" stroke-width="4"/><rect x="${at - 24}" y="${-half}" width="48" height="${half * 2}" rx="10" fill="#edbd74" stroke="#8a4a1d" stroke-opacity=".4" stroke-width="4" opacity="${index % 2 ? 1 : 0.96}"/>`
  })
  const rim = brush.times(36, (index) => {
    const { x, y } = around({ x: 0, y: 0 }, 326, index * 10)
    return `<ellipse cx="${x}" cy="${y}" rx="40" ry="27" fill="#dfa552" stroke="#8a4a1d" stroke-opacity=".35" stroke-width="4" transform="rotate(${index * 10 + 60} ${x} ${y})"/>`
  })
  const berries = brush.times(
    8,
    () =>
      `<circle cx="${brush.between(90, 380)}" cy="${brush.between(1190, 1420)}" r="${brush.between(22, 38)}" fill="${fruit}"/>`,
  )
  return `${fromAbove(brush)}${crust.definition}<g transform="translate(500 720) rotate(${brush.between(0, 40)})"><circle cx="22" cy="34" r="384" fill="#000" opacity=".22"/><circle r="384" fill="#c9ced1"/><circle r="352" fill="${crust.fill}"/><circle r="304" fill="${fruit}"/>${bars.join('')}${rim.join('')}</g>${berries.join('')}`
}
