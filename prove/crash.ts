/**
 * `npm run prove crash`: every approved target ends with exactly one pin, or failed with none, although
 * the server is killed before and after each step of the engine and at random times, and the network
 * goes wrong in every way it can. Counted from the network's side.
 *
 *   --quick          100 targets, in under 45 s; else 1,000
 *   --targets <n>    so many
 *   --seed <n>       the same draws as the run that printed it
 *   --pace <n>       how many times faster the engine's waits and time limits pass
 *   --keep           leaves the folder with logs and database
 */
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { addFaults, raiseLimits } from './crash/faults.ts'
import { type KilledServers, startKilledServers } from './crash/killed-servers.ts'
import { boundaries } from './crash/plan.ts'
import { fillLibrary, type Library, letGo, makeClip } from './crash/posts.ts'
import { countAll, slowestRecovery } from './crash/verdict.ts'
import { rounded, say, tell } from './stage/figures.ts'
import { openShop, type Shop, signUp } from './stage/people.ts'
import { seeded } from './stage/random.ts'
import { openStage, type Stage } from './stage/stage.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    targets: { type: 'string' },
    seed: { type: 'string' },
    pace: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const { quick, keep } = values
const wanted = Number(values.targets ?? (quick ? 100 : 1000))
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
// A minute of the engine's waits passes in a second, or in two.
const pace = Number(values.pace ?? (quick ? 60 : 30))
const chance = seeded(seed)
const began = performance.now()
const elapsed = () => `${((performance.now() - began) / 1000).toFixed(1)} s`

say(`seed ${seed}: ${wanted} targets, ${boundaries.length} boundaries, pace ${pace}`)
const stage = await openStage('crash', {
  env: { PUBLISHING_PACE: String(pace) },
  sandboxEnv: { SANDBOX_SEED: String(seed) },
})
try {
  await prove(stage)
} finally {
  await stage.close(keep)
  if (keep) say(`kept: ${stage.folder}`)
}
// The database's package has hooks at the exit of its own, which would end it well.
process.exit(process.exitCode)

async function prove(stage: Stage): Promise<void> {
  const clip = makeClip(stage)
  const web = stage.startServer({ web: true, env: { AVOW_ROLE: 'web' } })
  // Files are prepared, and mails sent, before the first server dies.
  const worker = stage.startServer({ env: { AVOW_ROLE: 'worker' } })
  await raiseLimits(stage)
  await web.told()
  const person = await signUp(stage)
  const shops: Shop[] = []
  for (let index = 0; index < (quick ? 1 : 4); index += 1) {
    shops.push(await openShop(stage, person, `prover_${index}`))
  }
  const libraries = await Promise.all(shops.map(async (shop) => fillLibrary(shop, await clip)))
  say(`${elapsed()}: set up`)

  await addFaults(stage, quick)
  worker.process.kill('SIGKILL')
  const servers = startKilledServers(stage, {
    servers: 2,
    each: quick ? 1 : 3,
    random: quick ? 3 : 25,
    everyMs: 3000,
    chance,
  })
  try {
    await run(servers, shops, libraries)
  } finally {
    await servers.stop()
  }
  await report(stage, servers)
}

async function run(servers: KilledServers, shops: Shop[], libraries: Library[]): Promise<void> {
  let approved = 0
  const patience = Date.now() + (quick ? 75_000 : 600_000)
  // Goes on for as long as the engine was not killed everywhere: targets pass where it is to die.
  const goesOn = () => approved < wanted || (servers.missing().length > 0 && Date.now() < patience)
  for (let number = 0; goesOn(); number += 1) {
    const [shop, library] = [shops[number % shops.length], libraries[number % shops.length]]
    if (!shop || !library) throw new Error('A shop without its library')
    // Twins go to the same workspace, one after the other.
    const index = Math.floor(number / shops.length) + (number % shops.length) * 1_000_000
    approved += await letGo(shop, library, index)
    // Beyond what was wanted, only a few go: enough for a server to die at, and within an API key's limit.
    await wait(approved < wanted ? chance() * 2 * (quick ? 80 : 60) : 500)
  }
  say(`${elapsed()}: ${approved} targets let go, ${servers.kills.length} kills`)
  await servers.spare()
  say(`${elapsed()}: ${servers.kills.length} kills, not at: ${servers.missing().join(', ') || '-'}`)
  await allEnded(stage, quick ? 60_000 : 300_000)
  say(`${elapsed()}: ended`)
}

/** Waits until no approved target is under way. */
async function allEnded(stage: Stage, ms: number): Promise<void> {
  const until = Date.now() + ms
  for (;;) {
    const { rows } = await stage.admin.query<{ left: number }>(`
      select count(*)::int as left from targets
      where approval_id is not null and state not in ('published', 'failed', 'needs_review', 'held')`)
    const left = rows[0]?.left ?? 0
    if (left === 0) return
    if (Date.now() > until) return say(`${left} targets have not ended`)
    await wait(200)
  }
}

async function report(stage: Stage, servers: KilledServers): Promise<void> {
  const counts = await countAll(stage)
  const { targets: of, states, duplicates, lost, unapproved } = counts
  say(`${elapsed()}: ${JSON.stringify(states)}`)
  for (const [words, count] of Object.entries(counts.reviewWords)) say(`review ${count}x: ${words}`)
  for (const fault of counts.faults) say(fault)
  const reviewed = (states.needs_review ?? 0) / of
  // Of so few targets, one is more than the share that is allowed of many.
  const mostReviewed = Math.max(0.005, 1 / of)
  const recovery = slowestRecovery(servers.passed(), servers.kills)
  const hit = boundaries.length - servers.missing().length
  const none = (figure: string, value: number) =>
    tell({ figure, value, of, bar: 0, holds: value === 0, seed })
  none('crash.duplicates', duplicates)
  none('crash.lost', lost)
  none('crash.unapproved', unapproved)
  tell({
    figure: 'crash.needs-review',
    value: rounded(reviewed),
    of,
    bar: mostReviewed,
    holds: reviewed <= mostReviewed,
    seed,
  })
  tell({
    figure: 'crash.recovery',
    value: rounded(recovery),
    unit: 's',
    of: servers.kills.length,
    bar: 60,
    holds: recovery <= 60,
    pace,
    seed,
  })
  const all = boundaries.length
  tell({ figure: 'crash.steps', value: hit, of: all, bar: all, holds: hit === all, seed })
}
