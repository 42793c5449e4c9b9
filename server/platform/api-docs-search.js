// Search of the API's page. Without it the page is whole, and the browser's own search works.
const box = document.querySelector('[data-search]')
const input = box.querySelector('input')
const found = box.querySelector('[data-found]')
const entries = [...document.querySelectorAll('[data-entry]')]
const notes = document.querySelector('[data-notes]')
const groups = [...document.querySelectorAll('[data-group]')]

function search() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
  let shown = 0
  for (const entry of entries) {
    const text = entry.dataset.entry.toLowerCase()
    entry.hidden = !words.every((word) => text.includes(word))
    if (!entry.hidden) shown += 1
  }
  for (const group of groups) group.hidden = !group.querySelector('[data-entry]:not([hidden])')
  notes.hidden = words.length > 0
  found.textContent = words.length === 0 ? '' : `${shown} found`
}

box.hidden = false
input.addEventListener('input', search)
// A link to something that the search has hidden shows everything again.
window.addEventListener('hashchange', () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target?.closest('[hidden]')) return
  input.value = ''
  search()
  target.scrollIntoView()
})
