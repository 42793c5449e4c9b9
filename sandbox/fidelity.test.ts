import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { VENDORS } from './start.ts'
import {
  APP,
  type Body,
  image,
  PUBLISHING,
  picture,
  REDIRECT,
  TestWorld,
  uploadForm,
  video,
} from './test-kit.ts'
import { PEOPLE } from './vendors/google/state.ts'

/** Holds exchanges against the vendors' own API descriptions; lies beside the project where it is developed. */
const CHECK = fileURLToPath(new URL('../../shared/fidelity/dist/check.mjs', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'avow-fidelity-'))
const log = join(folder, 'exchanges.jsonl')
let world: TestWorld

beforeAll(async () => {
  world = await TestWorld.start({ log })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.skipIf(!existsSync(CHECK))(
  'answers every operation as the vendors describe it (skipped where ../shared/fidelity is absent)',
  async () => {
    await everyPinterestOperation()
    await everyGoogleOperation()
    await everyResendOperation()
    await world.close()
    const run = promisify(execFile)(process.execPath, [CHECK, log, '--json', '--strict-responses'])
    const { stdout } = await run.catch((error: { stdout: string }) => error)
    const report = JSON.parse(stdout)
    expect(report.violations).toEqual([])
    expect(report.warnings).toEqual([])
    const checked = Object.values<{ operations: object }>(report.vendors)
      .map(({ operations }) => Object.keys(operations).length)
      .reduce((sum, count) => sum + count)
    expect(checked).toBe(VENDORS.flatMap(({ routes }) => routes).length)
  },
)

async function signIn(): Promise<string> {
  const query = new URLSearchParams({
    client_id: APP.id,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: PUBLISHING.join(' '),
    state: 's',
  })
  const form = new URLSearchParams({ account: 'fernandbloom', decision: 'allow' })
  for (const scope of PUBLISHING) form.append('scope', scope)
  const reply = await world.fetch(`/www.pinterest.com/oauth/?${query}`, {
    method: 'POST',
    body: form,
  })
  const code = new URL(reply.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const first = await world.token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
  })
  await world.token({ grant_type: 'authorization_code', code: 'wrong', redirect_uri: REDIRECT })
  const second = await world.token({
    grant_type: 'refresh_token',
    refresh_token: String(first.body.refresh_token),
  })
  expect(second.status).toBe(200)
  return world.grant()
}

async function everyPinterestOperation(): Promise<void> {
  const token = await signIn()
  const call = (method: string, path: string, body?: unknown) =>
    world.api(token, method, path, body)
  await world.fetch('/api.pinterest.com/v5/oauth/token/revoke', {
    method: 'POST',
    headers: { authorization: APP.basic },
    body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
  })
  await call('GET', '/user_account')
  await call('GET', '/boards?page_size=2&privacy=PUBLIC')
  const board = await call('POST', '/boards', { name: 'Fidelity', description: 'All of it' })
  const path = `/boards/${board.body.id}`
  await call('GET', path)
  await call('PATCH', path, { name: 'Faithful', privacy: 'PUBLIC' })
  await call('GET', '/boards/42')
  const section = await call('POST', `${path}/sections`, { name: 'First' })
  await call('POST', `${path}/sections`, { name: 'First' })
  await call('PATCH', `${path}/sections/${section.body.id}`, { name: 'Renamed' })
  await call('GET', `${path}/sections?page_size=5`)
  const place = { board_id: board.body.id, board_section_id: section.body.id }
  await everyKindOfPin(call, place)
  await call('GET', `${path}/pins?page_size=2`)
  await call('GET', `${path}/sections/${section.body.id}/pins`)
  const list = await call('GET', '/pins?page_size=3&creative_types=REGULAR')
  const [pin] = list.body.items as Body[]
  await call('GET', `/pins/${pin?.id}?pin_metrics=false`)
  await call('PATCH', `/pins/${pin?.id}`, { title: 'Changed' })
  await call('DELETE', `/pins/${pin?.id}`)
  await call('GET', `/pins/${pin?.id}`)
  await call('DELETE', `${path}/sections/${section.body.id}`)
  await call('DELETE', path)
  await world.api('nobody', 'GET', '/boards')
  await world.api(await world.grant('oakandiron', ['pins:read']), 'GET', '/boards')
}

async function everyKindOfPin(
  call: TestWorldCall,
  place: { board_id: unknown; board_section_id: unknown },
): Promise<void> {
  const jpeg = await picture()
  const item = { content_type: 'image/jpeg', data: jpeg, title: 'One' }
  const words = { title: 'T', description: 'D', link: 'https://example.com/', alt_text: 'A' }
  await call('POST', '/pins', {
    ...place,
    ...words,
    dominant_color: '#6E7874',
    media_source: image(jpeg),
  })
  await call('POST', '/pins', {
    ...place,
    ai_disclosures: { values: ['AI_MODIFIED'] },
    media_source: { source_type: 'multiple_image_base64', items: [item, item], index: 0 },
  })
  await call('POST', '/pins', {
    ...place,
    media_source: { source_type: 'image_url', url: 'https://unreachable.example/a.jpg' },
  })
  await world.control('PATCH', '/pinterest', { processingMs: 0 })
  const { body } = await call('POST', '/media', { media_type: 'video' })
  await call('GET', `/media/${body.media_id}`)
  await world.fetch('/pinterest-media-upload.s3-accelerate.amazonaws.com/', {
    method: 'POST',
    body: uploadForm(body.upload_parameters as Record<string, string>, await video(5)),
  })
  await expect
    .poll(async () => (await call('GET', `/media/${body.media_id}`)).body.status)
    .toBe('succeeded')
  await call('GET', '/media?page_size=5')
  const video_id = { source_type: 'video_id', media_id: body.media_id }
  await call('POST', '/pins', {
    ...place,
    media_source: { ...video_id, cover_image_key_frame_time: 1 },
  })
  const cover = { cover_image_content_type: 'image/jpeg', cover_image_data: jpeg }
  const made = await call('POST', '/pins', { ...place, media_source: { ...video_id, ...cover } })
  expect(made.status).toBe(201)
}

type TestWorldCall = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; body: Body }>

async function everyGoogleOperation(): Promise<void> {
  const query = new URLSearchParams({
    client_id: 'sandbox-google-client',
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid email profile',
    access_type: 'offline',
  })
  const chosen = await world.fetch(`/accounts.google.com/o/oauth2/v2/auth?${query}`, {
    method: 'POST',
    body: new URLSearchParams({ sub: PEOPLE[1]?.sub ?? '' }),
  })
  const code = new URL(chosen.headers.get('location') ?? '').searchParams.get('code') ?? ''
  await world.fetch('/accounts.google.com/.well-known/openid-configuration')
  await world.fetch('/www.googleapis.com/oauth2/v3/certs')
  const client = { client_id: 'sandbox-google-client', client_secret: 'sandbox-google-secret' }
  const exchange = (form: Record<string, string>) =>
    world.fetch('/oauth2.googleapis.com/token', {
      method: 'POST',
      body: new URLSearchParams({ ...client, ...form }),
    })
  const asked = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT }
  const { status, body } = await exchange(asked)
  expect(status).toBe(200)
  await exchange(asked)
  await exchange({ grant_type: 'refresh_token', refresh_token: String(body.refresh_token) })
  const me = '/openidconnect.googleapis.com/v1/userinfo'
  await world.fetch(me, { headers: { authorization: `Bearer ${body.access_token}` } })
  await world.fetch(me, { headers: { authorization: 'Bearer wrong' } })
  const token = new URLSearchParams({ token: String(body.access_token) })
  await world.fetch('/oauth2.googleapis.com/revoke', { method: 'POST', body: token })
  await world.fetch('/oauth2.googleapis.com/revoke', { method: 'POST', body: token })
}

async function everyResendOperation(): Promise<void> {
  const headers = { authorization: 'Bearer re_sandbox', 'content-type': 'application/json' }
  const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
    world.fetch(`/api.resend.com${path}`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify(body),
    })
  const mail = {
    from: 'Avow <a@b.c>',
    to: ['d@e.f'],
    subject: 'Hello',
    text: 'Hello',
    html: '<p>Hello',
  }
  const sent = await post('/emails', mail, { 'idempotency-key': 'k' })
  expect(sent.status).toBe(200)
  await post('/emails', { ...mail, subject: 'Other' }, { 'idempotency-key': 'k' })
  await post('/emails/batch', [mail, mail])
  await world.fetch(`/api.resend.com/emails/${sent.body.id}`, { headers })
  await world.fetch('/api.resend.com/emails/none', { headers })
}
