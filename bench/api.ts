/**
 * `npm run bench api`: the calendar (a month of it) and the list of posts at 20 connections, in a
 * database with 10,000 targets and, in the same run, with 1,000,000 in 1,000 workspaces. The floor is
 * bare Fastify with the very statements that each endpoint ran.
 *
 *   --workspaces <n>   so many in the large database, of 1,000 targets each; 1,000 otherwise
 *   --seconds <n>      so long is each measured; 8 otherwise
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { rounded, say, tell } from '../prove/stage/figures.ts'
import { openShop, type Person, type Shop, signUp } from '../prove/stage/people.ts'
import { openStage, type Stage } from '../prove/stage/stage.ts'
import { startPart, stopPart } from '../scripts/children.ts'
import { type Load, load } from './api/load.ts'
import { fillWorkspaces, idFunctions, workspaceIdOf } from './api/many-workspaces.ts'
import type { RecordedLine } from './drain/recording.ts'

const { values } = parseArgs({
  options: {
    workspaces: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '8' },
  },
})
const workspaces = Number(values.workspaces)
const few = 10
const targetsEach = 1000
const connections = 20
const poolSize = 10
/** Of the many, so many are asked for in turn. */
const asked = 10

type Endpoint = { name: 'calendar' | 'list'; path: string }
const month = new Date().toISOString().slice(0, 7)
const [year = 0, monthNumber = 0] = month.split('-').map(Number)
const nextMonth = new Date(Date.UTC(year, monthNumber, 1)).toISOString().slice(0, 10)
const endpoints: Endpoint[] = [
  { name: 'calendar', path: `/calendar?from=${month}-01&to=${nextMonth}` },
  { name: 'list', path: '/posts?limit=50' },
]

const words = ({ perSecond, p50, p99, bytes }: Load) =>
  `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${bytes} bytes`

const stage = await openStage('api', { env: { DATABASE_POOL: String(poolSize) } })
try {
  const { person, shop } = await setUp(stage)
  await stage.admin.query(idFunctions)
  say(`filling ${few} workspaces`)
  await fillWorkspaces(stage, shop, { from: 1, to: few, targetsEach })
  const small = await measureAll(stage, person, few)
  say(`filling ${workspaces} workspaces`)
  await fillWorkspaces(stage, shop, { from: few + 1, to: workspaces, targetsEach })
  const large = await measureAll(stage, person, workspaces)
  for (const { name } of endpoints) report(name, small[name], large[name])
} finally {
  await stage.close()
}
process.exit(process.exitCode)

type Measured = { ours: Load; floor: Load }

function report(name: Endpoint['name'], small: Measured, large: Measured): void {
  const ratio = large.ours.p99 / large.floor.p99
  const growth = large.ours.p99 / small.ours.p99
  tell({
    figure: `api.${name}-p99`,
    value: rounded(large.ours.p99),
    unit: 'ms',
    targets: workspaces * targetsEach,
    perSecond: rounded(large.ours.perSecond),
    floor: rounded(large.floor.p99),
    ratio: rounded(ratio),
    bar: 2,
    atFewTargets: rounded(small.ours.p99),
    fewTargets: few * targetsEach,
    growth: rounded(growth),
    growthBar: 1.3,
    holds: ratio <= 2 && growth <= 1.3,
  })
}

/** A person in a workspace that serves as the image of all, with a picture in its library. */
async function setUp(stage: Stage): Promise<{ person: Person; shop: Shop }> {
  const server = stage.startServer({ web: true })
  await server.told()
  const person = await signUp(stage)
  const shop = await openShop(stage, person, 'bench_reader')
  const background = '#b5562f'
  const picture = sharp({ create: { width: 400, height: 600, channels: 3, background } })
  await shop.upload('picture.jpg', 'image/jpeg', await picture.jpeg().toBuffer())
  await stopPart(server)
  return { person, shop }
}

async function measureAll(
  stage: Stage,
  person: Person,
  there: number,
): Promise<Record<Endpoint['name'], Measured>> {
  const ids: string[] = []
  for (let index = 0; index < asked; index += 1) {
    ids.push(await workspaceIdOf(stage, 1 + Math.floor((index * there) / asked)))
  }
  const calls = (path: string) =>
    ids.map((id) => ({
      path: `/api/v1${path}`,
      headers: { cookie: person.cookie, 'avow-workspace': id, origin: stage.url },
    }))
  const measured: Partial<Record<Endpoint['name'], Measured>> = {}
  for (const { name, path } of endpoints) {
    const floor = await measureFloor(stage, name, calls(path))
    const server = stage.startServer({ web: true, env: { AVOW_ROLE: 'web' } })
    await server.told()
    const seconds = Number(values.seconds)
    const ours = await load(stage.url, calls(path), { connections, seconds })
    await stopPart(server)
    measured[name] = { ours, floor }
    say(`${name}, ${there * targetsEach} targets: ours ${words(ours)}; floor ${words(floor)}`)
  }
  return measured as Record<Endpoint['name'], Measured>
}

/** Records what the server asks of the database for each of the calls, and measures just that. */
async function measureFloor(
  stage: Stage,
  name: string,
  calls: readonly { path: string; headers: Record<string, string> }[],
): Promise<Load> {
  const path = join(stage.folder, `${name}-${Date.now()}.jsonl`)
  const recorder = stage.startServer({
    web: true,
    node: ['--import', './bench/drain/record-work.ts'],
    env: { AVOW_ROLE: 'web', BENCH_RECORDING: path },
  })
  await recorder.told()
  const recordings: RecordedLine[][] = []
  for (const call of calls) {
    const before = linesOf(path).length
    const response = await fetch(stage.url + call.path, { headers: call.headers })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${call.path}: ${response.status}`)
    recordings.push(linesOf(path).slice(before))
  }
  await stopPart(recorder)
  const statements = recordings[0]?.filter(({ kind }) => kind === 'sql').length
  say(`${name}: ${statements} statements a call`)
  const list = `${path}.json`
  writeFileSync(list, JSON.stringify(recordings))
  const floor = startPart('floor', ['bench/api/floor-server.ts'], {
    env: { FLOOR_DATABASE: stage.adminUrl, FLOOR_RECORDING: list, FLOOR_POOL: String(poolSize) },
  })
  const { ready } = await floor.told()
  const paths = recordings.map((_, index) => ({ path: `/${index}`, headers: {} }))
  const result = await load(ready, paths, { connections, seconds: Number(values.seconds) })
  await stopPart(floor)
  return result
}

function linesOf(path: string): RecordedLine[] {
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8').trim()
  return text ? text.split('\n').map((line) => JSON.parse(line)) : []
}
