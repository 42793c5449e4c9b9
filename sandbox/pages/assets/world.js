// Keeps an open page up to date: when the world has changed, the main part is fetched and put in place.
const EVERY_MS = 2000

async function worldNow() {
  const response = await fetch('/_sandbox/version')
  if (!response.ok) return undefined
  const { version, exchanges } = await response.json()
  return `${version}:${exchanges}`
}

function isBusy() {
  const main = document.querySelector('main')
  const active = document.activeElement
  const inForm = active instanceof HTMLElement && main?.contains(active) && active.closest('form')
  return Boolean(inForm) || [...document.querySelectorAll('video')].some((video) => !video.paused)
}

async function refresh() {
  const response = await fetch(location.href)
  if (!response.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of ['main', 'nav']) {
    const now = document.querySelector(part)
    const next = page.querySelector(part)
    if (now && next && now.innerHTML !== next.innerHTML) now.replaceWith(next)
  }
}

// As of the moment the page was written: what changed while it loaded counts too.
let known = document.body.dataset.live
setInterval(async () => {
  if (document.hidden || known === undefined) return
  try {
    const now = await worldNow()
    if (now === undefined || now === known || isBusy()) return
    known = now
    await refresh()
  } catch {
    // The sandbox was stopped; the next round asks again.
  }
}, EVERY_MS)

// The clock runs on between two looks at the world. A refreshed page brings a new element and a new start.
let shown
let shownAt = 0
setInterval(() => {
  const clock = document.querySelector('[data-clock]')
  if (!(clock instanceof HTMLElement)) return
  if (clock !== shown) {
    shown = clock
    shownAt = Date.now()
  }
  const passed = (Date.now() - shownAt) * Number(clock.dataset.rate)
  const at = new Date(Number(clock.dataset.clock) + passed)
  clock.textContent = at.toISOString().slice(0, 19).replace('T', ' ')
}, 1000)

document.addEventListener('submit', (event) => {
  const question = event.target instanceof HTMLFormElement && event.target.dataset.confirm
  if (question && !confirm(question)) event.preventDefault()
})
