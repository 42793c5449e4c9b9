import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Body, TestWorld } from '../../test-kit.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.start()
})
beforeEach(() => world.control('POST', '/reset'))
afterAll(() => world.close())

const MAIL = {
  from: 'Avow <hello@avow.example>',
  to: 'maya@example.com',
  subject: 'Confirm your address',
  html: '<p><a href="http://localhost:4000/confirm?a=1&amp;b=2">Confirm</a></p>',
  text: 'http://localhost:4000/confirm?a=1&b=2',
}

const send = (body: Body = MAIL, headers: Record<string, string> = {}, path = '/emails') =>
  world.fetch(`/api.resend.com${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer re_sandbox', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const mails = async (query = '') =>
  (await world.control('GET', `/mailbox${query}`)).body.mails as Body[]

it('delivers to the mailbox, with the links a reader could follow', async () => {
  const { status, body } = await send()
  expect(status).toBe(200)
  expect(await mails('?to=maya@example.com')).toMatchObject([
    { id: body.id, subject: MAIL.subject, links: ['http://localhost:4000/confirm?a=1&b=2'] },
  ])
  expect(await mails('?to=somebody@example.com')).toEqual([])
  const got = await world.fetch(`/api.resend.com/emails/${body.id}`, {
    headers: { authorization: 'Bearer re_sandbox' },
  })
  expect(got.body).toMatchObject({ object: 'email', last_event: 'delivered', to: [MAIL.to] })
})

it('sends once for one idempotency key within 24 hours', async () => {
  const key = { 'idempotency-key': 'welcome/1' }
  const first = await send(MAIL, key)
  expect((await send(MAIL, key)).body.id).toBe(first.body.id)
  expect(await mails()).toHaveLength(1)
  const other = await send({ ...MAIL, subject: 'Other' }, key)
  expect([other.status, other.body.name]).toEqual([409, 'invalid_idempotent_request'])
  await world.control('POST', '/clock', { advanceMs: 24 * 3_600_000 })
  expect((await send(MAIL, key)).body.id).not.toBe(first.body.id)
})

it.each([
  ['an unknown field', { ...MAIL, sender: 'x' }, 'validation_error', 'sender'],
  ['no recipient', { from: MAIL.from, subject: 'x', text: 'x' }, 'missing_required_field', 'to'],
  ['51 recipients', { ...MAIL, to: Array(51).fill('a@b.c') }, 'validation_error', 'to'],
  ['an address that is none', { ...MAIL, to: 'maya' }, 'validation_error', 'to'],
  ['no content', { from: MAIL.from, to: MAIL.to, subject: 'x' }, 'missing_required_field', 'html'],
  [
    'a tag with a space',
    { ...MAIL, tags: [{ name: 'a b', value: 'c' }] },
    'validation_error',
    'tags',
  ],
])('refuses %s with 422', async (_name, body, name, words) => {
  const reply = await send(body)
  expect(reply.status).toBe(422)
  expect(reply.body).toMatchObject({ statusCode: 422, name })
  expect(reply.body.message).toContain(words)
  expect(await mails()).toEqual([])
})

it('wants its key', async () => {
  expect((await send(MAIL, { authorization: 'Bearer re_other' })).body.name).toBe('invalid_api_key')
  const none = await world.fetch('/api.resend.com/emails/1')
  expect([none.status, none.body.name]).toEqual([401, 'missing_api_key'])
})

it('limits calls a second and says when to come back', async () => {
  await world.control('POST', '/clock', { rate: 0 })
  await world.control('PATCH', '/resend', { perSecond: 1 })
  expect((await send()).headers.get('ratelimit-remaining')).toBe('0')
  const over = await send()
  expect([over.status, over.body.name]).toEqual([429, 'rate_limit_exceeded'])
  expect(over.headers.get('retry-after')).toBe('1')
})
