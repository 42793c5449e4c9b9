import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { image, picture, TestWorld } from '../test-kit.ts'

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.start()
})
beforeEach(() => world.control('POST', '/reset'))
afterAll(() => world.close())

async function hostilePin(): Promise<string> {
  const token = await world.grant()
  const made = await world.api(token, 'POST', '/pins', {
    board_id: await world.firstBoard(),
    title: HOSTILE,
    description: HOSTILE,
    alt_text: HOSTILE,
    media_source: image(await picture()),
  })
  return String(made.body.id)
}

describe('pages', () => {
  it.each([
    '/',
    '/world/mailbox',
    '/world/faults',
    '/world/clock',
    '/world/exchanges',
    '/www.pinterest.com/fernandbloom/',
    '/www.pinterest.com/fernandbloom/wreaths/',
  ])('%s says that it is the sandbox, and allows no foreign script', async (path) => {
    const { status, text, headers } = await world.fetch(path)
    expect(status).toBe(200)
    expect(text).toContain('This is the sandbox')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  })

  it('show what a pin says as text, whatever it says', async () => {
    const id = await hostilePin()
    for (const path of [
      '/',
      `/www.pinterest.com/pin/${id}/`,
      '/www.pinterest.com/fernandbloom/seasonal-bouquets/',
      '/world/exchanges',
    ]) {
      const { text } = await world.fetch(path)
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img src=x')
    }
  })

  it('show a mail’s HTML only where no script can run', async () => {
    const sent = await world.fetch('/api.resend.com/emails', {
      method: 'POST',
      headers: { authorization: 'Bearer re_sandbox', 'content-type': 'application/json' },
      body: JSON.stringify({ from: 'a@b.c', to: 'd@e.f', subject: HOSTILE, html: HOSTILE }),
    })
    const page = await world.fetch(`/world/mailbox/${sent.body.id}`)
    expect(page.text).not.toContain('<script>alert')
    expect(page.text).toMatch(/<iframe[^>]* sandbox="allow-popups /)
    const body = await world.fetch(`/world/mailbox/${sent.body.id}/body`)
    const policy = body.headers.get('content-security-policy') ?? ''
    expect(policy).toContain('sandbox ')
    expect(policy).not.toContain('allow-scripts')
    expect(policy).not.toContain('allow-same-origin')
  })

  it('answer 404 for what is not there', async () => {
    for (const path of [
      '/www.pinterest.com/pin/1/',
      '/www.pinterest.com/nobody/',
      '/world/mailbox/1',
      '/nowhere',
    ]) {
      expect([path, (await world.fetch(path)).status]).toEqual([path, 404])
    }
  })
})

describe('buttons', () => {
  const press = (path: string, form: Record<string, string> = {}, headers = {}) =>
    world.fetch(path, { method: 'POST', body: new URLSearchParams(form), headers })

  it('add and remove a fault', async () => {
    const added = await press('/world/faults', {
      kind: 'slow',
      operation: 'POST /pins',
      ms: '5',
      times: '',
    })
    expect(added.headers.get('location')).toBe('/world/faults')
    const [rule] = world.sandbox.world.faults.list()
    expect(rule).toMatchObject({ kind: 'slow', ms: 5, left: 1 })
    await press(`/world/faults/${rule?.id}/delete`)
    expect(world.sandbox.world.faults.list()).toEqual([])
    expect((await press('/world/faults', { kind: 'nonsense' })).status).toBe(400)
  })

  it('move the clock, and set it right again', async () => {
    await press('/world/clock', { advanceMs: '86400000' })
    expect(world.sandbox.world.clock.now() - Date.now()).toBeGreaterThan(86_000_000)
    await press('/world/clock', { now: '2030-01-02T03:04:05' })
    expect(world.sandbox.world.clock.iso()).toContain('2030-01-02T03:04:0')
    expect((await press('/world/clock', { now: 'soon' })).status).toBe(400)
    await press('/world/clock', { real: 'yes' })
    expect(Math.abs(world.sandbox.world.clock.now() - Date.now())).toBeLessThan(2000)
  })

  it('delete a pin and remove an app as the owner would', async () => {
    const id = await hostilePin()
    await press(`/world/pinterest/pins/${id}/delete`)
    expect(world.history('pin.deleted')).toMatchObject([{ id }])
    const token = await world.grant()
    const account = world.sandbox.world.pinterest.account('fernandbloom')?.id
    await press(`/world/pinterest/accounts/${account}/revoke`)
    expect((await world.api(token, 'GET', '/boards')).status).toBe(401)
  })

  it('cannot be pressed by a page of another site', async () => {
    const headers = { origin: 'https://evil.example' }
    expect((await press('/world/reset', {}, headers)).status).toBe(403)
    expect((await press('/_sandbox/reset', {}, headers)).status).toBe(403)
    expect((await press('/world/reset', {}, { origin: world.url })).status).toBe(303)
  })
})
