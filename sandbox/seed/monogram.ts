import type { Brush } from './brush.ts'

const MARKS: Record<string, { ground: [string, string]; ink: string; mark: string }> = {
  fernandbloom: {
    ground: ['#2f5d4a', '#1d4033'],
    ink: '#f4e9d8',
    mark: '<path d="M500 800 C500 600 500 420 500 220" stroke-width="22" fill="none"/><path d="M500 330 C420 300 380 240 370 180 C450 190 500 240 500 330Z M500 330 C580 300 620 240 630 180 C550 190 500 240 500 330Z M500 480 C390 450 320 380 300 300 C420 310 500 370 500 480Z M500 480 C610 450 680 380 700 300 C580 310 500 370 500 480Z M500 640 C380 620 290 550 260 460 C400 470 500 530 500 640Z M500 640 C620 620 710 550 740 460 C600 470 500 530 500 640Z" stroke="none"/>',
  },
  harbourbakery: {
    ground: ['#e9b872', '#cf8a3c'],
    ink: '#4a2511',
    mark: '<path d="M240 610 C230 470 350 330 500 330 C650 330 770 470 760 610 C760 680 690 700 500 700 C310 700 240 680 240 610Z" stroke="none"/><g stroke="#e9b872" stroke-width="26" fill="none"><path d="M390 420 q60 60 30 150"/><path d="M500 400 q60 70 30 180"/><path d="M610 420 q60 70 30 150"/></g><path d="M250 770 q62 -44 125 0 t125 0 t125 0 t125 0" stroke-width="22" fill="none"/>',
  },
  oakandiron: {
    ground: ['#3a3f45', '#202429'],
    ink: '#d9a066',
    mark: '<path d="M300 300 h400 v60 h-400Z M330 360 h60 l-40 400 h-50Z M610 360 h60 l30 400 h-50Z M345 560 h310 v40 h-310Z" stroke="none"/><circle cx="500" cy="460" r="46" fill="none" stroke-width="20"/>',
  },
}

/** The mark of a business, drawn for a square of 1000; a plain leaf for accounts that a test adds. */
export function monogram(brush: Brush, seed: string): string {
  const { ground, ink, mark } = MARKS[seed] ?? {
    ground: [`hsl(${brush.between(0, 360)} 42% 46%)`, '#2b2b33'],
    ink: '#fff',
    mark: '<circle cx="500" cy="400" r="130"/><path d="M230 800 C240 620 370 560 500 560 C630 560 760 620 770 800Z" stroke="none"/>',
  }
  const back = brush.gradient(ground[0] ?? '#555', ground[1] ?? '#222')
  return `${back.definition}<rect width="1000" height="1000" fill="${back.fill}"/><g fill="${ink}" stroke="${ink}" stroke-linecap="round">${mark}</g>`
}
