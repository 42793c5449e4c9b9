import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { journey, type Scene } from './harness.ts'
import { createAccount, go, linkIn, type Person, settleIn, somebody, writePost } from './steps.ts'

journey('a viewer sees the plan and can change nothing', async (scene) => {
  const { page, look, otherBrowser } = scene
  const owner = somebody('Cleo Marsh')
  const guest = somebody('Dan Ito')
  const workspaceId = await settleIn(scene, page, owner, 'fernandbloom')
  await writePost(page, {
    title: 'Dahlias, last of the year',
    board: 'Wreaths',
    photos: ['costume.jpg'],
  })

  await invite(scene, page, guest, 'Viewer')
  await look(page, 'members')
  const theirs = await otherBrowser()
  await acceptInvitation(scene, theirs, guest)
  await theirs.waitForURL(new RegExp(workspaceId))

  await go(theirs, 'Posts')
  await theirs
    .getByRole('link', { name: /Dahlias/ })
    .first()
    .click()
  await theirs.getByText('This post can’t be edited now').waitFor()
  assert.ok(await theirs.getByLabel(/^Title/).isDisabled(), 'a viewer writes nothing')
  await refused(theirs, 'Publish now')
  await go(theirs, 'Connections')
  await refused(theirs, 'Connect Pinterest')
  await look(theirs, 'connections-viewer')
  const api = await theirs.request.post(`${scene.world.url}/api/v1/posts`, {
    data: { title: 'Smuggled in' },
    headers: { 'avow-workspace': workspaceId, origin: scene.world.url },
  })
  assert.equal(api.status(), 403, await api.text())
})

journey('two people edit one post, and nothing is overwritten', async (scene) => {
  const { page, look, otherBrowser } = scene
  const first = somebody('Eva Holm')
  const second = somebody('Finn Roy')
  // The second save is refused on purpose.
  scene.expects(/409/)
  await settleIn(scene, page, first, 'fernandbloom')
  await writePost(page, {
    title: 'Winter wreaths',
    board: 'Wreaths',
    photos: ['larch.jpg'],
  })
  const id = new URL(page.url()).searchParams.get('post')
  const post = page.url().replace(/\/posts\/.*/, `/posts/${id}`)
  await invite(scene, page, second, 'Editor')
  const theirs = await otherBrowser()
  await acceptInvitation(scene, theirs, second)

  await page.goto(`${post}/edit`)
  await theirs.goto(`${post}/edit`)
  await theirs.getByLabel(/^Title/).waitFor()
  await page.getByLabel(/^Title/).fill('Winter wreaths, from Eva')
  // Both write at the same time: neither has seen what the other saves.
  await theirs.getByLabel(/^Title/).fill('Winter wreaths, from Finn')
  const loser = await whoIsTold(page, theirs)
  await look(loser, 'stale-edit')
  const dialog = loser.getByRole('dialog', { name: 'Somebody else changed this post' })
  await dialog.getByText('Winter wreaths, from Eva').waitFor()
  await dialog.getByText('Winter wreaths, from Finn').waitFor()
  await dialog.getByRole('button', { name: 'Use theirs, keep mine as a new draft' }).click()
  await dialog.waitFor({ state: 'hidden' })

  await go(page, 'Posts')
  for (const who of ['Eva', 'Finn']) {
    await page
      .getByRole('link', { name: `Winter wreaths, from ${who}` })
      .first()
      .waitFor()
  }
})

async function invite(_scene: Scene, page: Page, person: Person, role: string) {
  await go(page, 'Members')
  await page.getByLabel('Invite by e-mail').fill(person.email)
  await page.getByRole('combobox', { name: 'Role', exact: true }).click()
  await page.getByRole('option', { name: role }).click()
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await page.getByText(person.email).first().waitFor()
}

async function acceptInvitation(scene: Scene, page: Page, person: Person) {
  const { sandbox, world } = scene
  await createAccount(scene, page, person)
  const mail = await sandbox.mailTo(person.email, /invites you/)
  await page.goto(linkIn(mail.links, world.url))
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.waitForURL(/\/w\/[0-9a-f-]{36}/)
}

/** An act that this person may not do is shown, off, and says why. */
async function refused(page: Page, act: string) {
  const button = page.getByRole('button', { name: act, exact: true }).first()
  await button.waitFor()
  assert.equal(await button.getAttribute('aria-disabled'), 'true', `${act} must be off`)
}

/** The page whose save came second. */
async function whoIsTold(one: Page, other: Page): Promise<Page> {
  const told = (page: Page) =>
    page
      .getByRole('dialog', { name: 'Somebody else changed this post' })
      .waitFor()
      .then(() => page)
  return Promise.any([told(one), told(other)])
}
