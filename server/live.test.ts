import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type NetworksApp,
  newPerson,
  type Person,
  startNetworks,
} from './modules/networks/networks.fixture.ts'
import { record } from './platform/events.ts'

let app: NetworksApp
let person: Person

beforeAll(async () => {
  app = await startNetworks()
  person = await newPerson(app, 'Reader')
}, 60_000)
afterAll(() => app?.stop())

type Seen = { id: string; subject: string; name: string }

/** A page that follows a workspace. */
async function follow(reader: Person, from?: string) {
  const gone = new AbortController()
  const response = await fetch(`${app.url}/api/v1/live`, {
    headers: {
      cookie: reader.cookie,
      'avow-workspace': reader.workspaceId,
      ...(from === undefined ? {} : { 'last-event-id': from }),
    },
    signal: gone.signal,
  })
  const seen: Seen[] = []
  const ended = read(response, seen)
  return { status: response.status, response, seen, ended, leave: () => gone.abort() }
}

async function read(response: Response, seen: Seen[]): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1]
        const [id, data] = [field('id'), field('data')]
        if (field('event') !== 'message' || !id || !data) continue
        const { name, subject } = JSON.parse(data)
        seen.push({ id, name, subject: subject.id })
      }
    }
  } catch {
    // The page left.
  }
}

/** Records one event in a transaction of its own. Its subject's id. */
async function happen(writer: Person, subject: string = randomUUID()): Promise<string> {
  await writer.scope.tx((tx) =>
    record(tx, {
      workspaceId: writer.workspaceId,
      name: 'test.happened',
      subject: { kind: 'test', id: subject },
    }),
  )
  return subject
}

const subjects = (seen: Seen[]) => seen.map(({ subject }) => subject)
const soon = { timeout: 10_000, interval: 20 }

describe('live events', () => {
  it('arrive in order, and of this workspace only', async () => {
    const other = await newPerson(app, 'Stranger')
    const [page, foreign] = [await follow(person), await follow(other)]
    const sent: string[] = []
    for (let i = 0; i < 20; i++) sent.push(await happen(person))
    const told = await happen(other)
    await vi.waitFor(() => expect(subjects(page.seen)).toEqual(sent), soon)
    await vi.waitFor(() => expect(subjects(foreign.seen)).toEqual([told]), soon)
    expect(subjects(page.seen)).not.toContain(told)
    page.leave()
    foreign.leave()
  })

  it('of a workspace are told to nobody who does not belong to it', async () => {
    const other = await newPerson(app, 'Stranger')
    const asked = { ...other, cookie: other.cookie, workspaceId: person.workspaceId } as Person
    expect((await follow(asked)).status).toBe(404)
    expect((await follow({ ...asked, cookie: '' } as Person)).status).toBe(401)
    // A cursor of another workspace shows nothing of it: places mean something only at home.
    await happen(person)
    const page = await follow(other, '0.0')
    await vi.waitFor(() => expect(page.seen.length).toBeGreaterThan(0), soon)
    const { rows } = await app.admin.query<{ id: string }>(
      'select subject_id as id from events where workspace_id = $1',
      [other.workspaceId],
    )
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(subjects(page.seen)))
    page.leave()
  })

  it('go on after Last-Event-ID without a gap and without a repetition', async () => {
    const page = await follow(person)
    const sent = [await happen(person), await happen(person), await happen(person)]
    await vi.waitFor(() => expect(subjects(page.seen)).toEqual(sent), soon)
    page.leave()
    const missed = [await happen(person), await happen(person)]
    const again = await follow(person, page.seen[1]?.id)
    await vi.waitFor(() => expect(subjects(again.seen)).toEqual([sent[2], ...missed]), soon)
    again.leave()
  })

  it('refuse what is no cursor of theirs', async () => {
    for (const cursor of [
      'x',
      '1',
      '1.',
      '-1.0',
      "1.0'; drop table events",
      '9'.repeat(40),
      '99999999999999999999.0',
    ]) {
      const { status } = await follow(person, cursor)
      expect(status, cursor).toBe(400)
    }
  })

  it('miss nothing when transactions commit in any order, and tell each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ opens: fc.nat(9), lasts: fc.integer({ min: 0, max: 4 }) }), {
          minLength: 3,
          maxLength: 8,
        }),
        async (plans) => {
          const page = await follow(person)
          const written = await commitInterleaved(plans)
          await vi.waitFor(() => expect(page.seen).toHaveLength(written.length), soon)
          const seen = subjects(page.seen)
          expect([...seen].sort()).toEqual([...written].sort())
          // Whoever comes back at any place gets exactly the rest.
          const at = Math.floor(seen.length / 2)
          const again = await follow(person, page.seen[at]?.id)
          await vi.waitFor(() => expect(subjects(again.seen)).toEqual(seen.slice(at + 1)), soon)
          page.leave()
          again.leave()
        },
      ),
      { numRuns: 6 },
    )
  })

  it('arrive although the announcing connection was cut', async () => {
    const page = await follow(person)
    const cut = await app.admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'avow listen' and datname = current_database()",
    )
    expect(cut.rowCount).toBe(1)
    // Written past this process, which so hears of it only from the database.
    const missed = await writtenElsewhere()
    await vi.waitFor(() => expect(subjects(page.seen)).toEqual([missed]), soon)
    page.leave()
  })

  it('end on the day that the privacy page names, also for who asks with an old cursor', async () => {
    const page = await follow(person)
    const old = await happen(person)
    await vi.waitFor(() => expect(subjects(page.seen)).toContain(old), soon)
    page.leave()
    await app.moveTime(30 * 86_400_000 + 1000)
    const fresh = await happen(person)
    await person.signIn()
    const again = await follow(person, '0.0')
    await vi.waitFor(() => expect(subjects(again.seen)).toEqual([fresh]), soon)
    again.leave()
  })

  it('let the server stop although pages are open', async () => {
    const another = await startNetworks()
    const mine = app
    app = another
    try {
      const page = await follow(await newPerson(another, 'Stays'))
      expect(page.status).toBe(200)
      const begun = Date.now()
      await another.stop()
      expect(Date.now() - begun).toBeLessThan(8_000)
      // The page is told the end rather than cut off.
      await page.ended
    } finally {
      app = mine
    }
  })
})

/** Transactions that begin in order and commit as the plans say: later ones may be first. */
async function commitInterleaved(plans: { opens: number; lasts: number }[]): Promise<string[]> {
  const written: string[] = []
  const commits: (() => void)[] = []
  const running = plans.map(({ opens }, index) => {
    const gate = new Promise<void>((open) => {
      commits[index] = open
    })
    const ids = Array.from({ length: 1 + (opens % 3) }, () => randomUUID())
    written.push(...ids)
    return person.scope.tx(async (tx) => {
      for (const id of ids) {
        await record(tx, {
          workspaceId: person.workspaceId,
          name: 'test.happened',
          subject: { kind: 'test', id },
        })
      }
      await gate
    })
  })
  const order = plans
    .map(({ lasts }, index) => ({ index, lasts }))
    .sort((a, b) => b.lasts - a.lasts)
  for (const { index } of order) {
    commits[index]?.()
    await running[index]
  }
  return written
}

/** An event of another process: nothing in this one is told of it. */
async function writtenElsewhere(): Promise<string> {
  const [id, subject] = [randomUUID(), randomUUID()]
  await app.admin.query(
    `insert into events (workspace_id, id, name, subject_kind, subject_id)
     values ($1, $2, 'test.happened', 'test', $3)`,
    [person.workspaceId, id, subject],
  )
  return subject
}
