import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { journey } from './harness.ts'
import { eventually } from './sandbox.ts'
import { go, settleIn, somebody, writePost } from './steps.ts'

journey('a week is planned in the calendar and in the queue', async (scene) => {
  const { page, look, sandbox } = scene
  const bo = somebody('Bo Lind')
  await settleIn(scene, page, bo, 'oakandiron')

  await go(page, 'Queue')
  await page.getByRole('heading', { name: 'Queue' }).waitFor()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: 'Save queue' }).click()
  await page.getByText(/^Next free:/).waitFor()
  await look(page, 'queue')

  await writePost(page, {
    title: 'A bench for the hall',
    board: 'Tables',
    photos: ['larch.jpg'],
  })
  await page.getByRole('button', { name: 'Add to queue' }).click()
  await page.getByText('Scheduled', { exact: true }).waitFor()

  await writePost(page, {
    title: 'Oiled oak, up close',
    board: 'Tables',
    photos: ['costume.jpg'],
  })
  await page.getByRole('button', { name: 'Schedule', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .first()
    .click()
  await look(page, 'schedule')
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule', exact: true }).click()
  await page.getByText('Scheduled', { exact: true }).waitFor()
  await look(page, 'post-scheduled')

  await go(page, 'Calendar')
  const entry = page.getByRole('link', { name: /: Oiled oak, up close/ })
  await entry.waitFor()
  await look(page, 'calendar-month')
  const before = await timeOfDay(page)
  await dragToNextDay(page)
  const after = await eventually('the entry on its new day', async () => {
    const now = await timeOfDay(page)
    return now.day !== before.day && now
  })
  assert.equal(after.time, before.time, 'dropped on a day, it keeps its time of day')

  for (const view of ['Week', 'Day', 'List']) {
    await page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click()
    await page.waitForURL(`**/calendar?view=${view.toLowerCase()}*`)
    await look(page, `calendar-${view.toLowerCase()}`)
  }
  const made = await sandbox.pinsCreated()
  assert.ok(!made.some(({ title }) => title === 'Oiled oak, up close'), 'not before its time')
})

const spoken = /^(?<day>.*), (?<time>\d\d:\d\d), Scheduled: Oiled oak/

async function timeOfDay(page: Page): Promise<{ day: string; time: string }> {
  const label = await page
    .getByRole('link', { name: /: Oiled oak, up close/ })
    .getAttribute('aria-label')
  const { day, time } = spoken.exec(label ?? '')?.groups ?? {}
  assert.ok(day && time, `“${label}” tells no day and time`)
  return { day, time }
}

async function dragToNextDay(page: Page): Promise<void> {
  const entry = page.getByRole('link', { name: /: Oiled oak, up close/ })
  // The days on which a post can be written begin with today; the entry stands on tomorrow.
  const dayAfter = page.getByLabel(/^Write a post for /).nth(2)
  await dayAfter.scrollIntoViewIfNeeded()
  await entry.dragTo(dayAfter, { targetPosition: { x: 60, y: 90 } })
}
