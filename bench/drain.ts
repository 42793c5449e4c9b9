/**
 * `npm run bench drain`: how fast one server works off targets that are all due, beside the floor (the
 * same SQL statements and calls without our code, in the same run), and how late they go out when so
 * many become due each second. Both are measured at the network's side.
 *
 *   --targets <n>   so many for the rate; 10,000 otherwise
 *   --seconds <n>   so long for the lateness, at 50 a second; 30 otherwise
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { quantile, rounded, say, tell } from '../prove/stage/figures.ts'
import { eventually, signUp } from '../prove/stage/people.ts'
import { openStage, type Stage } from '../prove/stage/stage.ts'
import { openPlace, type Place, writeDueTargets } from './drain/due-targets.ts'
import { measureFloor } from './drain/floor.ts'
import { readWork, type Subject } from './drain/recording.ts'

const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '30' },
  },
})
const count = Number(values.targets)
const perSecond = 50
const poolSize = 10
// Titles are numbers; each part of the run has its own range.
const ranges = { recorded: 0, drained: 1_000_000, late: 2_000_000, floor: 3_000_000 }

const stage = await openStage('drain', { env: { DATABASE_POOL: String(poolSize) } })
try {
  const places = await setUp(stage)
  const recorded = await recordWork(stage, places)
  const floor = await floorRate(stage, places, recorded)
  say(`floor: ${floor.toFixed(0)} targets/s`)
  const rate = await drainRate(stage, places)
  const ratio = rate / floor
  tell({
    figure: 'drain.rate',
    value: rounded(rate),
    unit: 'targets/s',
    of: count,
    floor: rounded(floor),
    ratio: rounded(ratio),
    bar: 0.5,
    holds: ratio >= 0.5,
  })
  const late = await lateness(stage, places)
  const p99 = quantile(late, 0.99)
  tell({
    figure: 'drain.lateness-p99',
    value: rounded(p99),
    unit: 's',
    of: late.length,
    perSecond,
    median: rounded(quantile(late, 0.5)),
    bar: 2,
    holds: p99 <= 2,
  })
} finally {
  await stage.close()
}
process.exit(process.exitCode)

async function setUp(stage: Stage): Promise<Place[]> {
  const server = stage.startServer({ web: true })
  await server.told()
  const limits = { org_read: 10_000_000, org_write: 10_000_000 }
  const app = { tier: 'standard', perSecond: 1_000_000, limits }
  await stage.sandbox('PATCH', '/pinterest/apps/sandbox-pinterest-app', app)
  const person = await signUp(stage)
  const places: Place[] = []
  for (let index = 0; index < 4; index += 1) {
    places.push(await openPlace(stage, person, `drain_${index}`))
  }
  server.process.kill('SIGTERM')
  await server.ended
  return places
}

type Recorded = { path: string; subjects: Subject[] }

/** Lets a server publish one target in each place, and writes down all it does. */
async function recordWork(stage: Stage, places: readonly Place[]): Promise<Recorded> {
  const path = join(stage.folder, 'recording.jsonl')
  const times = places.map(() => new Date())
  const ids = await writeDueTargets(stage, places, times, ranges.recorded)
  const server = stage.startServer({
    node: ['--import', './bench/drain/record-work.ts'],
    env: { AVOW_ROLE: 'worker', BENCH_RECORDING: path },
  })
  await eventually('the recorded targets to be published', () => allPublished(stage, ids))
  server.process.kill('SIGTERM')
  await server.ended
  return { path, subjects: await Promise.all(ids.map((id) => subjectOf(stage, id))) }
}

async function allPublished(stage: Stage, ids: readonly string[]): Promise<boolean> {
  const { rows } = await stage.admin.query<{ count: number }>(
    "select count(*)::int as count from targets where id = any($1) and state = 'published'",
    [ids],
  )
  return rows[0]?.count === ids.length
}

async function subjectOf(stage: Stage, targetId: string): Promise<Subject> {
  const { rows } = await stage.admin.query<Subject>(
    `select t.id as "targetId", t.post_id as "postId", t.approval_id as "approvalId",
            m.id as "mediaId", p.title, p.link, t.external_id as "externalId", t.fingerprint
     from targets t
     join posts p on p.workspace_id = t.workspace_id and p.id = t.post_id
     join post_media m on m.workspace_id = t.workspace_id and m.post_id = t.post_id
     where t.id = $1`,
    [targetId],
  )
  const [subject] = rows
  if (!subject) throw new Error('A target is gone')
  return subject
}

async function floorRate(
  stage: Stage,
  places: readonly Place[],
  { path, subjects }: Recorded,
): Promise<number> {
  const many = Math.min(count, 2000)
  const never = new Date(Date.now() + 365 * 86_400_000)
  const times = Array.from({ length: many }, () => never)
  const ids = await writeDueTargets(stage, places, times, ranges.floor)
  const works = subjects.map((from) => ({ from, work: readWork(path, from) }))
  const statements = works[0]?.work.flatMap((one) =>
    one.kind === 'transaction' ? one.statements : [],
  )
  say(`recorded: ${works[0]?.work.length} steps, ${statements?.length} statements a target`)
  const jobs = await Promise.all(
    ids.map(async (id, index) => {
      const recorded = works[index % works.length]
      if (!recorded) throw new Error('Nothing was recorded')
      return { ...recorded, to: await subjectOf(stage, id) }
    }),
  )
  return measureFloor(stage, jobs, poolSize)
}

type Pin = { at: string; title: string; seq: number }

async function pinsFrom(stage: Stage, first: number, howMany: number): Promise<Pin[]> {
  const pins = await stage.sandbox<Pin[]>('GET', '/history?type=pin.created')
  return pins.filter(({ title }) => Number(title) >= first && Number(title) < first + howMany)
}

/** Waits until so many pins are made in all; a look a second costs next to nothing. */
async function untilMade(stage: Stage, total: number): Promise<void> {
  await eventually(
    `${total} pins`,
    async () => {
      await new Promise((done) => setTimeout(done, 900))
      const { byType } = await stage.sandbox<{ byType: Record<string, number> }>(
        'GET',
        '/history/counts',
      )
      return (byType['pin.created'] ?? 0) >= total
    },
    900,
  )
}

async function made(stage: Stage): Promise<number> {
  const { byType } = await stage.sandbox<{ byType: Record<string, number> }>(
    'GET',
    '/history/counts',
  )
  return byType['pin.created'] ?? 0
}

/** All are due before the server starts; from the first pin to the last. */
async function drainRate(stage: Stage, places: readonly Place[]): Promise<number> {
  const before = await made(stage)
  const due = new Date()
  await writeDueTargets(
    stage,
    places,
    Array.from({ length: count }, () => due),
    ranges.drained,
  )
  const server = stage.startServer({ env: { AVOW_ROLE: 'worker' } })
  await untilMade(stage, before + count)
  server.process.kill('SIGTERM')
  await server.ended
  const times = (await pinsFrom(stage, ranges.drained, count)).map(({ at }) => Date.parse(at))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  if (times.length !== count) say(`made ${times.length} pins of ${count}`)
  return ((times.length - 1) / (last - first)) * 1000
}

/** How late each went out, in seconds, sorted. */
async function lateness(stage: Stage, places: readonly Place[]): Promise<number[]> {
  const server = stage.startServer({ env: { AVOW_ROLE: 'worker' } })
  await server.told()
  const many = perSecond * Number(values.seconds)
  const begin = Date.now() + 10_000
  const times = Array.from({ length: many }, (_, n) => new Date(begin + (n * 1000) / perSecond))
  const before = await made(stage)
  await writeDueTargets(stage, places, times, ranges.late)
  await untilMade(stage, before + many)
  server.process.kill('SIGTERM')
  await server.ended
  const pins = await pinsFrom(stage, ranges.late, many)
  return pins
    .map(({ at, title }) => {
      const due = times[Number(title) - ranges.late]
      if (!due) throw new Error('A pin that was not due')
      return (Date.parse(at) - due.getTime()) / 1000
    })
    .sort((a, b) => a - b)
}
