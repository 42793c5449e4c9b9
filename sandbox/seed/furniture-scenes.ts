import type { Brush } from './brush.ts'

const WALLS: [[string, string], ...[string, string][]] = [
  ['#ece5da', '#d8cbb8'],
  ['#d5dcd7', '#b5c2ba'],
  ['#c98f6f', '#a96c4d'],
  ['#3e4a50', '#2a3338'],
  ['#dcd3dc', '#bfb0c2'],
]
const FLOORS: [[string, string], ...[string, string][]] = [
  ['#b98a5c', '#8b6039'],
  ['#8a8d8f', '#66696b'],
  ['#d9c5a6', '#b99e78'],
]
const WOODS: [[string, string], ...[string, string][]] = [
  ['#c98d55', '#8e5a2e'],
  ['#7c4f30', '#4f2f1a'],
  ['#e0bd8a', '#b58f5a'],
]

function room(brush: Brush): string {
  const planks = brush.times(
    5,
    (index) =>
      `<path d="M0 ${1240 + index * index * 14 + index * 22} H1000" stroke="#000" stroke-opacity=".09" stroke-width="4"/>`,
  )
  return brush.room(brush.pick(WALLS), brush.pick(FLOORS), 1180) + planks.join('')
}

function picture(brush: Brush, x: number, y: number, width: number, height: number): string {
  const ink = brush.pick(['#b5562f', '#2f5d4a', '#3d5a80', '#c9962e'])
  return `<rect x="${x + 8}" y="${y + 12}" width="${width}" height="${height}" fill="#000" opacity=".15"/><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#2b211a"/><rect x="${x + 12}" y="${y + 12}" width="${width - 24}" height="${height - 24}" fill="#f7f1e6"/><circle cx="${x + width / 2}" cy="${y + height * 0.42}" r="${width * 0.22}" fill="${ink}"/><path d="M${x + 24} ${y + height * 0.74} q${width * 0.25} ${-height * 0.16} ${width * 0.5 - 24} 0 t${width * 0.5 - 24} 0" stroke="${ink}" stroke-width="9" fill="none"/>`
}

function plant(brush: Brush, x: number, y: number, size: number): string {
  const blades = brush.times(9, (index) =>
    brush.leaf(
      { x, y: y - size * 0.3 },
      size * brush.between(0.8, 1.2),
      -152 + index * 15.5,
      brush.pick(['#4f7a55', '#6b9468', '#3c6349']),
    ),
  )
  return `${blades.join('')}<path d="M${x - size * 0.28} ${y - size * 0.4} h${size * 0.56} l${-size * 0.1} ${size * 0.4} h${-size * 0.36}Z" fill="#e9e0d2"/>`
}

/** A lounge chair with a rug. */
export function armchair(brush: Brush): string {
  const [light, dark] = brush.pick(WOODS)
  const cloth = brush.pick([
    ['#3f6f63', '#2a4f46'],
    ['#c8754a', '#9c5330'],
    ['#d9c7a7', '#b69f78'],
    ['#44566c', '#2d3b4d'],
  ] as [string[], ...string[][]])
  const seat = brush.gradient(cloth[0] ?? '#3f6f63', cloth[1] ?? '#2a4f46')
  return `${room(brush)}${picture(brush, 640, 230, 220, 290)}<ellipse cx="500" cy="1330" rx="430" ry="86" fill="#e9ddc9"/><ellipse cx="500" cy="1330" rx="380" ry="70" fill="none" stroke="#b5562f" stroke-opacity=".5" stroke-width="8" stroke-dasharray="22 14"/>${seat.definition}${brush.shadow(500, 1330, 300, 36)}<path d="M250 1000 L210 1330 M690 1040 L750 1330" stroke="${dark}" stroke-width="32" stroke-linecap="round"/><path d="M300 560 Q240 570 262 660 L330 1010 Q350 1080 430 1080 L720 1080 Q790 1080 784 1010 Q780 950 700 946 L470 930 L420 620 Q404 548 300 560Z" fill="${seat.fill}"/><path d="M350 640 L402 930" stroke="#fff" stroke-opacity=".18" stroke-width="10" stroke-linecap="round"/><path d="M240 800 Q250 770 300 772 L650 800 Q720 806 716 850 L706 1060" stroke="${light}" stroke-width="36" fill="none" stroke-linecap="round" stroke-linejoin="round"/><path d="M262 810 L300 1130 L720 1130" stroke="${dark}" stroke-width="26" fill="none" stroke-linecap="round"/>${plant(brush, 880, 1300, 260)}`
}

/** A table under a lamp. */
export function table(brush: Brush): string {
  const [light, dark] = brush.pick(WOODS)
  const top = brush.gradient(light, dark, 'across')
  const shade = brush.pick(['#24292d', '#b5562f', '#e6dccb', '#2f5d4a'])
  const grain = brush.times(
    5,
    (index) =>
      `<path d="M${150 + index * 20} ${912 + index * 9} q180 ${index % 2 ? 7 : -7} 360 0 t${330 - index * 30} 0" stroke="#000" stroke-opacity=".14" stroke-width="3" fill="none"/>`,
  )
  const fruit = brush.times(
    4,
    (index) =>
      `<circle cx="${420 + index * 50}" cy="${826 - (index % 2) * 22}" r="38" fill="${brush.pick(['#d98f3a', '#b5402f', '#8fa84a'])}"/>`,
  )
  return `${room(brush)}${top.definition}<path d="M500 0 V330" stroke="#1c2024" stroke-width="7"/><path d="M500 300 C400 320 330 390 310 480 H690 C670 390 600 320 500 300Z" fill="${shade}"/><ellipse cx="500" cy="480" rx="190" ry="22" fill="#ffe9b8"/><path d="M320 490 L130 900 H870 L680 490Z" fill="#ffe9b8" opacity=".16"/>${brush.shadow(500, 1350, 420, 44)}<path d="M190 940 L130 1350 M810 940 L870 1350 M300 940 L280 1290 M700 940 L720 1290" stroke="${dark}" stroke-width="34" stroke-linecap="round"/><rect x="90" y="896" width="820" height="62" rx="12" fill="${top.fill}"/>${grain.join('')}${fruit.join('')}<path d="M370 830 H610 C600 890 560 900 490 900 C420 900 380 890 370 830Z" fill="#f3ece0"/>`
}

/** Shelves with books and things. */
export function shelf(brush: Brush): string {
  const [light, dark] = brush.pick(WOODS)
  const board = brush.gradient(light, dark, 'across')
  const [from, to] = brush.pick(WALLS)
  const wall = brush.gradient(from, to)
  const rows = brush.times(4, (row) => {
    const y = 420 + row * 270
    const books: string[] = []
    let x = brush.between(140, 200)
    while (x < (row % 2 ? 560 : 700)) {
      const width = brush.between(24, 48)
      const height = brush.between(120, 190)
      const colour = brush.pick([
        '#b5562f',
        '#2f5d4a',
        '#3d5a80',
        '#e6d3a8',
        '#7a2e3a',
        '#24292d',
        '#c9962e',
      ])
      books.push(
        `<rect x="${x}" y="${y - height}" width="${width}" height="${height}" rx="3" fill="${colour}"/><rect x="${x + 6}" y="${y - height + 22}" width="${width - 12}" height="6" fill="#fff" opacity=".5"/>`,
      )
      x += width + 4
    }
    const thing =
      row % 2
        ? plant(brush, 740, y, 130)
        : `<circle cx="800" cy="${y - 62}" r="62" fill="${brush.pick(['#e9e0d2', '#c8754a', '#4b6b6a'])}"/>`
    return `<rect x="110" y="${y + 26}" width="790" height="16" fill="#000" opacity=".12"/>${books.join('')}${thing}<rect x="100" y="${y}" width="800" height="30" rx="5" fill="${board.fill}"/>`
  })
  return `${wall.definition}<rect width="1000" height="1500" fill="${wall.fill}"/>${board.definition}<path d="M170 130 V1330 M830 130 V1330" stroke="#24292d" stroke-width="12"/>${rows.join('')}`
}

/** A dovetail, close. */
export function joint(brush: Brush): string {
  const [light, dark] = brush.pick(WOODS)
  const one = brush.gradient(light, dark)
  const two = brush.gradient(dark, light, 'across')
  const lines = (count: number, draw: (index: number) => string) =>
    brush.times(count, draw).join('')
  const across = lines(
    26,
    (index) =>
      `<path d="M0 ${520 + index * 40} q${brush.between(180, 320)} ${brush.between(-22, 22)} 500 0 t500 0" stroke="#3a1f0c" stroke-opacity="${brush.between(0.08, 0.24)}" stroke-width="${brush.between(2, 6)}" fill="none"/>`,
  )
  const upright = lines(
    22,
    (index) =>
      `<path d="M${index * 46} 0 q${brush.between(-18, 18)} 130 0 260 t0 260" stroke="#3a1f0c" stroke-opacity="${brush.between(0.1, 0.28)}" stroke-width="${brush.between(2, 6)}" fill="none"/>`,
  )
  const tails = [60, 300, 540, 780]
    .map((x) => `M${x} 500 L${x - 36} 800 H${x + 196} L${x + 160} 500Z`)
    .join(' ')
  return `${one.definition}${two.definition}<rect y="480" width="1000" height="1020" fill="${one.fill}"/>${across}<clipPath id="tails"><path d="M0 0 H1000 V505 H0Z ${tails}"/></clipPath><g clip-path="url(#tails)"><rect width="1000" height="820" fill="${two.fill}"/>${upright}<g transform="translate(0 480)">${upright}</g></g><path d="${tails}" fill="none" stroke="#1f0f05" stroke-opacity=".55" stroke-width="6"/><rect y="1180" width="1000" height="320" fill="#000" opacity=".1"/><g transform="translate(520 1210) rotate(-14)"><rect x="-330" y="-26" width="330" height="52" rx="26" fill="${brush.pick(['#b5402f', '#2f5d4a', '#d9a54e'])}"/><rect y="-20" width="330" height="40" fill="#c3c8cb"/><path d="M330 -20 h60 l30 40 h-90Z" fill="#e7eaec"/></g>`
}

/** A floor lamp beside a bench. */
export function lamp(brush: Brush): string {
  const [light, dark] = brush.pick(WOODS)
  const seat = brush.gradient(light, dark, 'across')
  const shade = brush.pick(['#f3e3c3', '#c8754a', '#e9e0d2', '#7f9a8c'])
  return `${room(brush)}${seat.definition}${picture(brush, 560, 300, 180, 240)}${picture(brush, 770, 360, 130, 170)}<path d="M120 560 L-60 1180 H560 L420 560Z" fill="#ffe9b8" opacity=".15"/>${brush.shadow(272, 1350, 120, 22)}<path d="M270 540 V1340" stroke="#24292d" stroke-width="15"/><ellipse cx="270" cy="1344" rx="104" ry="20" fill="#24292d"/><path d="M190 300 H350 L420 560 H120Z" fill="${shade}" stroke="#000" stroke-opacity=".16" stroke-width="5"/><path d="M190 300 H350 L420 560 H120Z" fill="#fff" opacity=".12"/>${brush.shadow(670, 1350, 290, 32)}<path d="M450 1080 L430 1350 M890 1080 L910 1350" stroke="${dark}" stroke-width="28" stroke-linecap="round"/><rect x="400" y="1036" width="540" height="56" rx="14" fill="${seat.fill}"/><rect x="430" y="976" width="210" height="70" rx="30" fill="${brush.pick(['#3f6f63', '#c8754a', '#d9c7a7'])}"/><rect x="700" y="1000" width="150" height="20" rx="4" fill="#7a2e3a"/><rect x="710" y="1020" width="130" height="18" rx="4" fill="#e6d3a8"/>`
}
