import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { Scene } from './harness.ts'
import { photos } from './photos.ts'

/** What people do in most journeys, each step as they do it: by what they read on the page. */

export type Person = { name: string; email: string; password: string }

let people = 0

/** Somebody whom no other journey knows. */
export function somebody(name: string): Person {
  people += 1
  const address = `${name.toLowerCase().replaceAll(' ', '.')}.${people}@example.com`
  return { name, email: address, password: 'a long walk by the quiet harbour' }
}

/** From the start page to a confirmed account, which ends where a workspace is made. */
export async function createAccount({ world, sandbox }: Scene, page: Page, person: Person) {
  await page.goto(world.url)
  await page.getByRole('link', { name: 'Create account' }).click()
  await page.getByLabel('Your name').fill(person.name)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Confirm your e-mail' }).waitFor()
  const mail = await sandbox.mailTo(person.email, /confirm/i)
  await page.goto(linkIn(mail.links, world.url))
}

export async function createWorkspace(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await page.waitForURL(/\/w\/[0-9a-f-]+\/connections/)
  return workspaceOf(page)
}

/** Connects a Pinterest account of the sandbox, through its consent page. */
export async function connectPinterest(page: Page, account: string) {
  await page.getByRole('button', { name: 'Connect Pinterest' }).first().click()
  await page.getByText(`@${account}`).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('status').filter({ hasText: 'Connected' }).waitFor()
}

/** Account, workspace and connection at once, for journeys that are about something else. */
export async function settleIn(scene: Scene, page: Page, person: Person, account: string) {
  await createAccount(scene, page, person)
  const workspaceId = await createWorkspace(page, `${person.name}’s shop`)
  await connectPinterest(page, account)
  return workspaceId
}

/** Opens a page of the app by the word in its navigation. */
export async function go(page: Page, to: string) {
  await page.getByRole('navigation').getByRole('link', { name: to }).first().click()
}

function workspaceOf(page: Page): string {
  const id = /\/w\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  assert.ok(id, `${page.url()} is not inside a workspace`)
  return id
}

const boardField = (page: Page) => page.getByRole('textbox', { name: 'Board' })

type Draft = { title: string; text?: string; link?: string; board: string; photos: string[] }

/** Writes a post in the editor with files from the disk, until it is saved and they have arrived. */
export async function writePost(page: Page, draft: Draft) {
  await go(page, 'Posts')
  await page.getByRole('link', { name: 'New post' }).first().click()
  await choose(boardField(page), draft.board)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await (await chooser).setFiles(await photos(...draft.photos))
  await page.getByLabel(/^Title/).fill(draft.title)
  await page.getByLabel(/^Text/).fill(draft.text ?? 'Made by hand, and meant to last.')
  if (draft.link) await page.getByLabel(/^Link/).fill(draft.link)
  const files = page.getByRole('list', { name: 'Files of the post, in order' })
  await files
    .locator('img')
    .nth(draft.photos.length - 1)
    .waitFor()
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()
}

/** Chooses in a searchable list that asks the network live. */
export async function choose(field: Locator, option: string) {
  await field.click()
  const page = field.page()
  await page.getByRole('option', { name: option }).first().click()
}

/** A link of ours in a mail. */
export function linkIn(links: readonly string[], origin: string): string {
  const link = links.find((one) => one.startsWith(origin))
  assert.ok(link, `No link of ${origin} among ${links.join(', ')}`)
  return link
}
