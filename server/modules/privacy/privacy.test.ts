import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { notExpired } from '../../platform/clocks.ts'
import type { Caller, Platform } from '../../platform/context.ts'
import { scopeOf } from '../../platform/context.ts'
import { createKeyRing } from '../../platform/crypto.ts'
import type { DataClass } from '../../platform/data-map.ts'
import type { JobVerb } from '../../platform/jobs.ts'
import { createLog } from '../../platform/log.ts'
import {
  egressLedgerClass,
  eventsClass,
  idempotentCallsClass,
  rateLimitsClass,
} from '../../platform/personal-data.ts'
import { type StartedDatabase, startDatabase } from '../../platform/start-database.ts'
import { idempotentCalls } from '../../platform/tables.ts'
import { privacyEntry } from './entry.ts'
import { listReceipts } from './list-receipts.ts'
import { privacyDataClasses } from './personal-data.ts'
import { type SweepDuty, sweep } from './sweep.ts'
import { writeReceipt } from './write-receipt.ts'

const workspaceA = '018f0000-0000-7000-8000-00000000000a'
const workspaceB = '018f0000-0000-7000-8000-00000000000b'
const started = new Date('2026-11-22T08:00:00Z')

let folder: string
let db: StartedDatabase
let admin: pg.Client
let platform: Platform

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-privacy-'))
  // PostgreSQL runs as a user of its own when we are root.
  await chmod(folder, 0o755)
  const log = createLog({ level: 'silent' })
  db = await startDatabase({
    config: {
      database: { url: undefined, adminUrl: undefined, pool: 2 },
      pace: 1,
      dataFolder: folder,
    },
    keyRing: createKeyRing([randomBytes(32)]),
    signals: [],
    log,
  })
  admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  platform = { database: db.database, log } as Platform
}, 60_000)

afterAll(async () => {
  await admin?.end()
  await db?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await admin.query('truncate events, idempotent_calls, egress_ledger, rate_limits, receipts')
  await setTime(started)
})

/** Stops the database's clock at an instant. */
async function setTime(at: Date) {
  await admin.query('delete from app.clock')
  // At a rate of 0 time stands: the offset is measured from `since`.
  await admin.query(
    `insert into app.clock (offset_ms, rate, since)
     select extract(epoch from $1::timestamptz - s.at) * 1000, 0, s.at
     from (select clock_timestamp() as at) s`,
    [at],
  )
}
const later = (ms: number) => setTime(new Date(started.getTime() + ms))
const second = 1000
const hour = 3600 * second
const day = 24 * hour

const duty = (dataClasses: readonly DataClass[], more: Partial<SweepDuty> = {}): SweepDuty => ({
  dataClasses,
  workspaceIds: async (_tx, after) =>
    [workspaceA, workspaceB].filter((id) => after === undefined || id > after),
  ...more,
})

const keepAnswer = (workspaceId: string, key: string = randomUUID()) =>
  db.database.workspace(workspaceId, (tx) =>
    tx.insert(idempotentCalls).values({
      workspaceId,
      id: randomUUID(),
      callerId: randomUUID(),
      key,
      route: 'publishing.createPost',
      requestHash: 'x',
      answer: { title: 'Spring' },
    }),
  )
const readableAnswers = (workspaceId: string) =>
  db.database.workspace(workspaceId, async (tx) => {
    const rows = await tx.select().from(idempotentCalls).where(notExpired(idempotentCallsClass))
    return rows.length
  })
const keptAnswers = async () => {
  const { rows } = await admin.query<{ n: number }>('select count(*)::int n from idempotent_calls')
  return rows[0]?.n
}

describe('a clock of 24 hours', () => {
  it('lets data be read until 23:59:59, not at 24:00:00, and the sweep then ends it', async () => {
    await keepAnswer(workspaceA)
    await keepAnswer(workspaceB)

    await later(day - second)
    expect(await readableAnswers(workspaceA)).toBe(1)
    expect(await sweep(platform, duty([idempotentCallsClass]))).toEqual({})
    expect(await keptAnswers()).toBe(2)

    await later(day)
    expect(await readableAnswers(workspaceA)).toBe(0)
    expect(await keptAnswers()).toBe(2)

    expect(await sweep(platform, duty([idempotentCallsClass]))).toEqual({
      'platform.idempotent_calls': 2,
    })
    expect(await keptAnswers()).toBe(0)
  })

  it('has the same 24 hours on the day that clocks change, wherever the database stands', async () => {
    await keepAnswer(workspaceA)
    await admin.query("update idempotent_calls set created_at = '2026-10-24T12:00:00Z'")
    const readableAt = async (at: string) => {
      await setTime(new Date(at))
      return db.database.workspace(workspaceA, async (tx) => {
        await tx.execute(sql`set local time zone 'Europe/Amsterdam'`)
        const rows = await tx.select().from(idempotentCalls).where(notExpired(idempotentCallsClass))
        return rows.length
      })
    }
    expect(await readableAt('2026-10-25T11:59:59Z')).toBe(1)
    expect(await readableAt('2026-10-25T12:00:00Z')).toBe(0)
  })
})

describe('the sweep', () => {
  it('ends each class at its own age, in global tables too', async () => {
    await admin.query(
      `insert into egress_ledger (id, at, processor, purpose, method, host, outcome)
       values (gen_random_uuid(), app.now(), 'p', 'p', 'GET', 'h', 'answered')`,
    )
    await admin.query(
      `insert into rate_limits (key, points, expire) values
       ('for a minute', 1, $1), ('for ever', 1, null)`,
      [started.getTime() + 60 * second],
    )
    await admin.query(
      `insert into events (workspace_id, id, name, subject_kind, subject_id)
       values ($1, gen_random_uuid(), 'post.published', 'post', gen_random_uuid())`,
      [workspaceA],
    )
    const classes = [eventsClass, egressLedgerClass, rateLimitsClass]
    await later(60 * second - 1)
    expect(await sweep(platform, duty(classes))).toEqual({})
    await later(60 * second)
    expect(await sweep(platform, duty(classes))).toEqual({ 'platform.rate_limits': 1 })
    await later(30 * day - second)
    expect(await sweep(platform, duty(classes))).toEqual({})
    await later(30 * day)
    expect(await sweep(platform, duty(classes))).toEqual({ 'platform.events': 1 })
    await later(90 * day)
    expect(await sweep(platform, duty(classes))).toEqual({ 'platform.egress_ledger': 1 })
    await later(3650 * day)
    expect(await sweep(platform, duty(classes))).toEqual({})
    const { rows } = await admin.query('select key from rate_limits')
    expect(rows).toEqual([{ key: 'for ever' }])
  })

  it('is set to run every hour, and works when its time has come', async () => {
    await keepAnswer(workspaceA)
    await later(day)
    const version = { number: 1, effective: '2026-11-22', hash: 'h' }
    const entry = privacyEntry({ ...duty([idempotentCallsClass]), version })
    expect(entry.signals.map(({ cron }) => cron)).toEqual(['7 * * * *'])
    let work: JobVerb<object> = () => Promise.reject(new Error('nobody works on it'))
    const on: Platform['jobs']['on'] = (signal, verb) => {
      expect(signal).toBe(entry.signals[0])
      work = verb as unknown as JobVerb<object>
    }
    entry.work?.({ ...platform, jobs: { on } as Platform['jobs'] })
    await work({}, { signal: new AbortController().signal })
    expect(await keptAnswers()).toBe(0)
  })

  it('works off more rows than one batch holds', async () => {
    await admin.query(
      `insert into idempotent_calls (workspace_id, id, caller_id, key, route, request_hash)
       select $1, gen_random_uuid(), gen_random_uuid(), n, 'r', 'h' from generate_series(1, 2500) n`,
      [workspaceB],
    )
    await later(day)
    expect(await sweep(platform, duty([idempotentCallsClass]))).toEqual({
      'platform.idempotent_calls': 2500,
    })
  })

  it('empties the columns of a class that is a part of rows that stay', async () => {
    await keepAnswer(workspaceA)
    const answers: DataClass = {
      ...idempotentCallsClass,
      id: 'answers',
      columns: ['answer'],
      clock: { kind: 'after', column: 'created_at', period: '2 hours', words: '2 hours' },
    }
    await later(2 * hour)
    expect(await sweep(platform, duty([answers]))).toEqual({ answers: 1 })
    const { rows } = await admin.query('select route, answer from idempotent_calls')
    expect(rows).toEqual([{ route: 'publishing.createPost', answer: null }])
    expect(await sweep(platform, duty([answers]))).toEqual({})
  })

  it('tells the module of the rows in the same transaction, and keeps them if it fails', async () => {
    await keepAnswer(workspaceA, 'first')
    await later(day)
    const told: unknown[] = []
    const failing = duty([idempotentCallsClass], {
      hooks: {
        'platform.idempotent_calls': async (_tx, scope, rows) => {
          told.push([scope?.workspaceId, rows.map((row) => row.key)])
          if (told.length === 1) throw new Error('the storage is away')
        },
      },
    })
    await expect(sweep(platform, failing)).rejects.toThrow('the storage is away')
    expect(await keptAnswers()).toBe(1)
    await sweep(platform, failing)
    expect(told).toEqual([
      [workspaceA, ['first']],
      [workspaceA, ['first']],
    ])
    expect(await keptAnswers()).toBe(0)
  })

  it('stops between batches when the server stops', async () => {
    await keepAnswer(workspaceA)
    await later(day)
    const stopped = AbortSignal.abort(new Error('The server stops'))
    await expect(sweep(platform, duty([idempotentCallsClass]), stopped)).rejects.toThrow(
      'The server stops',
    )
    expect(await keptAnswers()).toBe(1)
  })

  it('leaves alone what is kept while something lasts', async () => {
    const scope = scopeOf(platform, workspaceA)
    await scope.tx((tx) => writeReceipt(tx, scope, receipt('Garden')))
    await later(3650 * day)
    expect(await sweep(platform, duty(privacyDataClasses))).toEqual({})
    const { rows } = await admin.query<{ n: number }>('select count(*)::int n from receipts')
    expect(rows[0]?.n).toBe(1)
  })
})

const receipt = (subject: string) => ({
  kind: 'connection.disconnected',
  subject,
  subjectId: randomUUID(),
  lines: [{ what: 'Tokens', outcome: 'destroyed' as const, words: 'Destroyed with their key.' }],
})

describe('a receipt', () => {
  const callerOf = (workspaceId: string) => scopeOf(platform, workspaceId) as Caller

  it('is listed newest first, a page at a time, in its own workspace only', async () => {
    const scope = scopeOf(platform, workspaceA)
    for (const subject of ['One', 'Two', 'Three']) {
      const written = await scope.tx((tx) => writeReceipt(tx, scope, receipt(subject)))
      expect(written).toMatchObject({ subject, at: started.toISOString() })
    }
    const first = await listReceipts(callerOf(workspaceA), { limit: 2 })
    expect(first.items.map(({ subject }) => subject)).toEqual(['Three', 'Two'])
    const second = await listReceipts(callerOf(workspaceA), {
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect(second.items.map(({ subject }) => subject)).toEqual(['One'])
    expect(second.nextCursor).toBeNull()
    expect(await listReceipts(callerOf(workspaceB), { limit: 2 })).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  it('is not written when what it is about is rolled back', async () => {
    const scope = scopeOf(platform, workspaceA)
    const failing = scope.tx(async (tx) => {
      await writeReceipt(tx, scope, receipt('Never'))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect((await listReceipts(callerOf(workspaceA), { limit: 9 })).items).toEqual([])
  })

  it('refuses a cursor that is none, in words', async () => {
    const asked = listReceipts(callerOf(workspaceA), { limit: 2, cursor: "' or true" })
    await expect(asked).rejects.toMatchObject({ code: 'bad_request', field: 'cursor' })
  })
})
