import { at, blossom, chance, leaf, many, room, shadow } from './brush.ts'

type Petals = readonly [string, string, string]
type Mood = { wall: [string, string]; table: [string, string] }

/** A bouquet in a vase. */
export function bouquet(seed: number, { wall, table }: Mood, petals: Petals[], vase: string) {
  const roll = chance(seed)
  const greens = ['#5f7f5b', '#7d9a6d', '#46644a', '#8fa77f']
  const green = () => greens[Math.floor(roll(0, greens.length))] ?? '#5f7f5b'
  const leaves = many(46, () => {
    const turn = roll(-82, 82)
    return leaf(500 + turn * 1.2, 870 - Math.abs(turn), roll(330, 600), turn, green())
  })
  const blooms = many(19, (index) => {
    const angle = index * 2.4
    const far = Math.sqrt(index / 19) * 300
    const colours = petals[Math.floor(roll(0, petals.length))] ?? petals[0]
    if (!colours) throw new Error('A bouquet needs colours')
    const y = 580 + Math.sin(angle) * far * 0.85
    return blossom(500 + Math.cos(angle) * far, y, roll(82, 122), colours, roll(0, 40))
  })
  return `${room(wall, table, 1190)}${shadow(540, 1310, 250, 46)}
    ${leaves}
    <path d="M385 860 C350 1010 330 1210 400 1300 L600 1300 C670 1210 650 1010 615 860 Z" fill="${vase}"/>
    <path d="M405 880 C380 1020 365 1190 415 1280 L440 1280 C410 1180 415 1010 435 880 Z" fill="#fff" opacity="0.3"/>
    ${blooms}`
}

/** A wreath of leaves and small blossoms on a wall. */
export function wreath(seed: number, { wall, table }: Mood, greens: string[], petals: Petals) {
  const roll = chance(seed)
  const leaves = many(150, (index) => {
    const angle = (index / 150) * Math.PI * 2
    const far = roll(270, 330)
    const turn = (angle * 180) / Math.PI + 180 + roll(-55, 55)
    const fill = greens[Math.floor(roll(0, greens.length))] ?? '#5f7f5b'
    return leaf(
      500 + Math.cos(angle) * far,
      770 + Math.sin(angle) * far,
      roll(100, 170),
      turn,
      fill,
    )
  })
  const blooms = many(13, (index) => {
    const angle = 0.5 + index * 0.19
    const [x, y] = [500 + Math.cos(angle) * 300, 770 + Math.sin(angle) * 300]
    return blossom(x + roll(-35, 35), y + roll(-30, 30), roll(44, 74), petals, roll(0, 40))
  })
  return `${room(wall, table, 1500)}
    ${many(5, (index) => `<rect x="${index * 200 + 197}" width="5" height="1500" fill="#000" opacity="0.07"/>`)}
    <path d="M500 0 V470" stroke="#c9b79c" stroke-width="9"/>${shadow(525, 800, 370, 370, 0.13)}${leaves}${blooms}`
}

/** Loaves on a board, dusted with flour. */
export function loaves(
  seed: number,
  { wall, table }: Mood,
  crust: [string, string],
  count: number,
) {
  const roll = chance(seed)
  const step = 640 / count
  const bread = many(count, (index) => {
    const y = 520 + index * step
    const cuts = many(4, (cut) => {
      const x = 270 + cut * 120
      return `<path d="M${x} ${at(y + 45)} q55 -75 115 -85" stroke="#f6e3bd" stroke-width="19" stroke-linecap="round" fill="none" opacity="0.9"/>`
    })
    const flour = many(70, () => {
      const x = roll(250, 750)
      return `<circle cx="${at(x)}" cy="${at(y + roll(-70, 30))}" r="${at(roll(2, 6))}" fill="#fff8e8" opacity="0.55"/>`
    })
    return `${shadow(510, y + 75, 330, 50, 0.34)}
      <rect x="190" y="${at(y - 100)}" width="620" height="190" rx="95" fill="${crust[1]}"/>
      <rect x="190" y="${at(y - 100)}" width="620" height="160" rx="80" fill="${crust[0]}"/>
      <ellipse cx="460" cy="${at(y - 62)}" rx="220" ry="20" fill="#fff" opacity="0.2"/>${cuts}${flour}`
  })
  return `${room(wall, table, 380)}
    <rect x="125" y="375" width="780" height="${at(count * step + 160)}" rx="46" fill="#000" opacity="0.3" filter="url(#soft)"/>
    <rect x="110" y="340" width="780" height="${at(count * step + 160)}" rx="46" fill="#b98a5b"/>
    <rect x="110" y="340" width="780" height="22" rx="11" fill="#fff" opacity="0.16"/>${bread}`
}

/** A round tart with fruit. */
export function tart(seed: number, { wall, table }: Mood, fruit: string[]) {
  const roll = chance(seed)
  const berries = many(96, (index) => {
    const angle = index * 2.39996
    const far = Math.sqrt((index + 0.5) / 96) * 285
    const [x, y, r] = [500 + Math.cos(angle) * far, 760 + Math.sin(angle) * far, roll(25, 37)]
    const fill = fruit[Math.floor(roll(0, fruit.length))] ?? '#9b2335'
    return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}" fill="${fill}"/><circle cx="${at(x - r * 0.3)}" cy="${at(y - r * 0.35)}" r="${at(r * 0.22)}" fill="#fff" opacity="0.6"/>`
  })
  const rim = many(44, (index) => {
    const angle = (index / 44) * Math.PI * 2
    return `<circle cx="${at(500 + Math.cos(angle) * 345)}" cy="${at(760 + Math.sin(angle) * 345)}" r="34" fill="${index % 2 ? '#d8a460' : '#cf9850'}"/>`
  })
  const mint = many(5, (index) => leaf(500, 760, 90, index * 72 + roll(0, 30), '#5d8a55'))
  return `${room(wall, table, 0)}${shadow(530, 800, 420, 420, 0.25)}
    <circle cx="500" cy="760" r="440" fill="#f7f3ec"/><circle cx="500" cy="760" r="400" fill="none" stroke="#000" stroke-opacity="0.06" stroke-width="6"/>
    ${rim}<circle cx="500" cy="760" r="330" fill="#f3d9a0"/>${berries}${mint}`
}

/** A chair before a wall. */
export function chair({ wall, table }: Mood, wood: [string, string], seat: string) {
  const leg = (x: number, lean: number) =>
    `<path d="M${x} 900 L${x + lean} 1290" stroke="${wood[1]}" stroke-width="32" stroke-linecap="round"/>`
  return `${room(wall, table, 1120)}${shadow(520, 1295, 300, 38, 0.34)}
    ${leg(345, -12)}${leg(655, 12)}
    <path d="M330 880 C310 640 320 470 345 410" stroke="${wood[0]}" stroke-width="34" stroke-linecap="round" fill="none"/>
    <path d="M670 880 C690 640 680 470 655 410" stroke="${wood[0]}" stroke-width="34" stroke-linecap="round" fill="none"/>
    ${many(4, (index) => `<path d="M335 ${440 + index * 95} Q500 ${485 + index * 95} 665 ${440 + index * 95}" stroke="${wood[0]}" stroke-width="${index ? 20 : 48}" stroke-linecap="round" fill="none"/>`)}
    <path d="M285 885 Q500 845 715 885 L735 950 Q500 990 265 950 Z" fill="${wood[0]}"/>
    <path d="M310 872 Q500 838 690 872 L705 912 Q500 945 295 912 Z" fill="${seat}"/>
    <path d="M285 940 L255 1300 M715 940 L745 1300" stroke="${wood[0]}" stroke-width="36" stroke-linecap="round"/>
    <path d="M275 1150 H725" stroke="${wood[1]}" stroke-width="18"/>`
}

/** A lamp over a table with a bowl. */
export function lamp({ wall, table }: Mood, shade: string, wood: string) {
  return `${room(wall, table, 1310)}
    <path d="M350 520 L650 520 L900 1110 L100 1110 Z" fill="#fff3cf" opacity="0.38" filter="url(#soft)"/>
    <path d="M500 0 V330" stroke="#2b2b2b" stroke-width="7"/>
    <path d="M500 320 C620 330 720 420 735 530 L265 530 C280 420 380 330 500 320Z" fill="${shade}"/>
    <path d="M330 500 C350 420 410 360 480 345" stroke="#fff" stroke-width="16" stroke-linecap="round" fill="none" opacity="0.35"/>
    <ellipse cx="500" cy="530" rx="235" ry="17" fill="#fff1c4"/>
    ${shadow(500, 1370, 420, 30, 0.3)}
    <path d="M230 1140 L190 1390 M770 1140 L810 1390" stroke="${wood}" stroke-width="36" stroke-linecap="round"/>
    <rect x="110" y="1100" width="780" height="52" rx="14" fill="${wood}"/><rect x="110" y="1100" width="780" height="13" rx="7" fill="#fff" opacity="0.25"/>
    <path d="M370 1010 H630 Q620 1100 500 1102 Q380 1100 370 1010Z" fill="#f2ede4"/>
    ${many(5, (index) => `<circle cx="${410 + index * 45}" cy="${at(1000 - (index % 2) * 26)}" r="38" fill="${['#d98e3a', '#c9572e', '#e0a94c'][index % 3]}"/>`)}`
}

/** Shelves with pots and books. */
export function shelves(seed: number, { wall, table }: Mood, wood: string) {
  const roll = chance(seed)
  const hues = ['#8c4a3b', '#2f4858', '#c9a66b', '#6b7f6a', '#d8d2c4', '#3d3b3c']
  const shelf = (y: number) => {
    const books = many(7, (index) => {
      const high = roll(120, 190)
      const fill = hues[Math.floor(roll(0, hues.length))] ?? '#2f4858'
      return `<rect x="${index * 44 + 190}" y="${at(y - high)}" width="38" height="${at(high)}" rx="4" fill="${fill}"/>`
    })
    const plant = many(15, () => leaf(680, y - 110, roll(110, 190), roll(-80, 80), '#66855f'))
    return `${shadow(500, y + 62, 360, 22, 0.22)}${books}${plant}
      <path d="M615 ${y - 120} H745 L725 ${y} H635 Z" fill="#e7ddcf"/>
      <rect x="130" y="${y}" width="740" height="34" rx="6" fill="${wood}"/>
      <path d="M190 ${y + 34} V${y + 84} H240 M810 ${y + 34} V${y + 84} H760" stroke="#232323" stroke-width="12" fill="none"/>`
  }
  return `${room(wall, table, 1430)}${shelf(500)}${shelf(860)}${shelf(1220)}`
}
