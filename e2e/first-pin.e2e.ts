import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { journey } from './harness.ts'
import { photos } from './photos.ts'
import { eventually } from './sandbox.ts'
import { choose, connectPinterest, createAccount, createWorkspace, go, somebody } from './steps.ts'

journey('a newcomer publishes a pin and sees how it got there', async (scene) => {
  const { page, look, world, sandbox } = scene
  const ana = somebody('Ana Silva')
  await page.goto(world.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await look(page, 'start')
  await createAccount(scene, page, ana)
  await page.getByRole('heading', { name: 'Welcome, Ana' }).waitFor()
  await look(page, 'new-workspace')
  await createWorkspace(page, 'Harbour Bakery')
  await look(page, 'connections-empty')
  await connectPinterest(page, 'harbourbakery')
  await page.getByText('(@harbourbakery)').waitFor()
  await look(page, 'connections')

  await go(page, 'Library')
  const files = await photos('larch.jpg', 'tomatoes.jpg', 'iphone-13.heic')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await (await chooser).setFiles(files)
  for (const file of files) {
    await page.getByRole('button', { name: basename(file), exact: true }).waitFor()
  }
  await look(page, 'library')

  await go(page, 'Posts')
  await page.getByRole('heading', { name: 'Posts', exact: true }).waitFor()
  await look(page, 'posts-empty')
  await page.getByRole('link', { name: 'New post' }).first().click()
  await choose(page.getByRole('textbox', { name: 'Board' }), 'Bread')
  await choose(page.getByRole('textbox', { name: 'Section' }), 'Sourdough')
  await page.getByRole('button', { name: 'From the library' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'tomatoes.jpg' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByLabel(/^Title/).fill('Tomatoes from the quay')
  await page.getByLabel(/^Text/).fill('Five kinds, picked this morning. With bread, of course. 🍅')
  await page.getByLabel(/^Link/).fill('https://harbourbakery.example/tomatoes')
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()
  await look(page, 'editor')
  await page.getByRole('button', { name: 'Publish now' }).click()

  await page.getByText('Published', { exact: true }).waitFor({ timeout: 30_000 })
  await page.getByText('Pinterest made the Pin.').waitFor()
  await look(page, 'post')
  const pin = await eventually('the pin in the world', async () => {
    const made = await sandbox.pinsCreated()
    return made.find(({ title }) => title === 'Tomatoes from the quay')
  })
  const seeIt = page.getByRole('link', { name: 'See it at Pinterest' })
  assert.ok((await seeIt.getAttribute('href'))?.endsWith(`/pin/${pin.id}/`))
  await page.goto(`${sandbox.url}/www.pinterest.com/pin/${pin.id}`)
  await page.getByRole('heading', { name: 'Tomatoes from the quay' }).waitFor()
  await page.screenshot({ path: 'test-results/pages/sandbox-pin-wide.png' })
})
