import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Body, image, picture, TestWorld } from './test-kit.ts'

type PinBody = { media: { images: Record<string, { url: string }> } }

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'avow-sandbox-test-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

it('goes on after a restart where it stopped', async () => {
  const before = await TestWorld.start({ data })
  const token = await before.grant()
  const board = await before.firstBoard()
  const pin = await before.api(token, 'POST', '/pins', {
    board_id: board,
    title: 'Kept',
    media_source: image(await picture()),
  })
  await before.control('POST', '/clock', { advanceMs: 3_600_000 })
  await before.control('POST', '/faults', { kind: 'refuse', operation: 'GET /boards', times: 3 })
  await before.close()

  const after = await TestWorld.start({ data })
  const list = await after.api(token, 'GET', `/boards/${board}/pins?page_size=1`)
  const [first] = list.body.items as Body[]
  expect(first).toMatchObject({ id: pin.body.id, title: 'Kept' })
  const { url = '' } = (first as PinBody).media.images['600x'] ?? {}
  const shown = await fetch(after.url + url.replace('https:/', ''))
  expect(shown.status).toBe(200)
  expect(after.history('pin.created')).toMatchObject([{ id: pin.body.id, seq: 1 }])
  expect(after.sandbox.world.clock.now() - Date.now()).toBeGreaterThan(3_590_000)
  expect((await after.api(token, 'GET', '/boards')).status).toBe(503)
  const next = await after.api(token, 'POST', '/pins', {
    board_id: board,
    media_source: image(await picture()),
  })
  expect(BigInt(String(next.body.id))).toBeGreaterThan(BigInt(String(pin.body.id)))
  await after.close()
})

it('writes the world soon after a change, whole, without being stopped', async () => {
  const world = await TestWorld.start({ data })
  const token = await world.grant()
  await expect.poll(() => readdirSync(data)).toContain('world.json')
  const copy = await TestWorld.start({ data })
  expect((await copy.api(token, 'GET', '/user_account')).status).toBe(200)
  await copy.close()
  await world.close()
})

it('forgets half a line that a kill left in the history', async () => {
  const before = await TestWorld.start({ data })
  const token = await before.grant()
  await before.api(token, 'POST', '/boards', { name: 'Whole' })
  await before.close()
  appendFileSync(join(data, 'history.jsonl'), '{"type":"pin.created","id":"8')
  const after = await TestWorld.start({ data })
  expect(after.history()).toMatchObject([{ type: 'board.created', name: 'Whole', seq: 1 }])
  await after.api(token, 'POST', '/boards', { name: 'Next' })
  expect(after.history()).toMatchObject([{ seq: 1 }, { seq: 2 }])
  await after.close()
})

it('leaves nothing behind when it lives in memory', async () => {
  const temporary = () => readdirSync(tmpdir()).filter((name) => /^avow-sandbox-\w{6}$/.test(name))
  const before = new Set(temporary())
  const world = await TestWorld.start()
  const [own] = temporary().filter((name) => !before.has(name))
  await world.close()
  expect(own && temporary().includes(own)).toBe(false)
})
