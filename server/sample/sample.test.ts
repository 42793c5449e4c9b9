import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startApp } from '../app.ts'
import { startTestApp, type TestApp } from '../test-kit/start-test-app.ts'
import { pictures } from './pictures.ts'
import { shops } from './posts.ts'
import { fillSample } from './signals.ts'

// Every picture is prepared in processes of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 })

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.stop())

async function open(headers: Record<string, string> = {}, url = app.url) {
  const response = await fetch(`${url}/api/v1/sample-workspace`, {
    method: 'POST',
    headers: { origin: app.url, ...headers },
  })
  const body = (await response.json()) as { workspaceId: string; error?: { message: string } }
  const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  return { status: response.status, body, cookie, retryAfter: response.headers.get('retry-after') }
}

async function read(path: string, opened: Awaited<ReturnType<typeof open>>) {
  const headers = { cookie: opened.cookie, 'avow-workspace': opened.body.workspaceId }
  const response = await fetch(`${app.url}/api/v1${path}`, { headers })
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  return (await response.json()) as any
}

type Row = { title: string; targets: { state: string }[] }
const everyPost = shops.flatMap((shop) => shop.posts)

describe('the sample workspace', () => {
  it('opens at once, signed in, and is filled by what really happens', async () => {
    const opened = await open()
    expect(opened.status).toBe(200)
    const me = await read('/me', opened)
    expect(me.workspaces[0]).toMatchObject({ id: opened.body.workspaceId, role: 'owner' })

    await app.drain()
    await app.moveTime(10_000)
    await app.drain()
    const { items: files } = await read('/assets?limit=100', opened)
    expect(files.map(({ name }: { name: string }) => name).sort()).toEqual(
      Object.keys(pictures).sort(),
    )
    const posts: Row[] = (await read('/posts?limit=100', opened)).items
    expect(posts.map(({ title }) => title).sort()).toEqual(everyPost.map((p) => p.title).sort())
    const count = (state: string) => posts.filter((p) => p.targets[0]?.state === state).length
    const wanted = (fate: string) => everyPost.filter((post) => post.fate === fate).length
    expect(count('published')).toBe(wanted('now'))
    expect(count('failed')).toBe(wanted('refused'))
    expect(count('draft')).toBe(wanted('draft'))
    expect(count('cancelled')).toBe(wanted('cancelled'))
    const rest = ['now', 'refused', 'draft', 'cancelled'].reduce((sum, f) => sum + wanted(f), 0)
    expect(count('scheduled')).toBe(everyPost.length - rest)
    expect(await pinsInTheWorld(), 'each stands at the network, once').toBe(wanted('now'))

    await again(opened.body.workspaceId)
    expect((await read('/posts?limit=100', opened)).items).toHaveLength(posts.length)
    expect((await read('/assets?limit=100', opened)).items).toHaveLength(files.length)
    expect(await pinsInTheWorld()).toBe(wanted('now'))
  })

  it('is not opened by a page of another site', async () => {
    expect((await open({ origin: 'https://evil.example' })).status).toBe(403)
  })

  it('is opened ten times an hour from one address, not more', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => open()))
    const refused = all.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(2)
    expect(Number(refused[0]?.retryAfter)).toBeGreaterThan(0)
  })

  it('is not there where no sandbox is', async () => {
    const config = { ...app.platform.config, sandboxUrl: undefined, port: 0 }
    const real = await startApp(config, app.platform.log)
    const answer = await open({}, real.url.replace(/\/\/.*:/, '//127.0.0.1:'))
    await real.stop()
    expect(answer.status).toBe(404)
  })
})

/** The job of a workspace once more, as after a kill. */
async function again(workspaceId: string): Promise<void> {
  const { rows } = await app.admin.query<{ user_id: string }>(
    'select user_id from memberships where workspace_id = $1',
    [workspaceId],
  )
  const payload = { workspaceId, personId: rows[0]?.user_id ?? '', pass: 0 }
  const { jobs, database } = app.platform
  await database.global((tx) => jobs.send(tx, fillSample, payload))
  await app.drain()
}

async function pinsInTheWorld(): Promise<number> {
  const response = await fetch(`${app.sandboxUrl}/_sandbox/exchanges?limit=200`)
  const { exchanges } = (await response.json()) as {
    exchanges: { method: string; url: string; status: number }[]
  }
  return exchanges.filter((e) => e.method === 'POST' && /\/v5\/pins$/.test(e.url) && e.status < 300)
    .length
}
