// Keeps an open page up to date: when the world has changed, the main part is fetched and put in place.
const EVERY_MS = 2000
const seconds = document.querySelector('[data-clock]')

async function worldNow() {
  const response = await fetch('/_sandbox/version')
  return response.ok ? response.text() : undefined
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
  for (const part of ['main', '[data-chips]']) {
    const now = document.querySelector(part)
    const next = page.querySelector(part)
    if (now && next && now.innerHTML !== next.innerHTML) now.replaceWith(next)
  }
}

let known = await worldNow()
setInterval(async () => {
  if (document.hidden || !document.body.hasAttribute('data-live')) return
  try {
    const now = await worldNow()
    if (now === known || isBusy()) return
    known = now
    await refresh()
  } catch {
    // The sandbox was stopped; the next round asks again.
  }
}, EVERY_MS)

if (seconds instanceof HTMLElement) {
  const start = Number(seconds.dataset.clock)
  const rate = Number(seconds.dataset.rate)
  const opened = Date.now()
  setInterval(() => {
    const at = new Date(start + (Date.now() - opened) * rate)
    seconds.textContent = at.toISOString().slice(0, 19).replace('T', ' ')
  }, 1000)
}

for (const form of document.querySelectorAll('form[data-confirm]')) {
  form.addEventListener('submit', (event) => {
    if (!confirm(form.dataset.confirm)) event.preventDefault()
  })
}
