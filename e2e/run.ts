/**
 * Runs the journeys: `node e2e/run.ts [words of a name or file]`. One line a journey, a summary, and
 * the results in `.avow/tests/e2e.json`. Pictures and logs go to `test-results`.
 */
import { globSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { type Journey, takeJourneys } from './harness.ts'
import { lookAtPage } from './look.ts'
import { sandboxHands } from './sandbox.ts'
import { startWorld, type World } from './start-world.ts'
import { watchPages } from './watch-page.ts'
import { within } from './within.ts'

const root = join(import.meta.dirname, '..')
const results = join(root, 'test-results')
const reports = join(root, '.avow/tests')
const longest = 120
const stepMs = 15_000

type Result = { file: string; name: string; state: 'passed' | 'failed' | 'skipped' }

const wanted = process.argv[2]?.toLowerCase()
const journeys = await findJourneys()
await rm(results, { recursive: true, force: true })
await mkdir(reports, { recursive: true })
const world = await within(90, 'Starting the world', startWorld(results))
const browser = await within(60, 'Starting the browser', startBrowser())
const list: Result[] = []
try {
  for (const { file, journey } of journeys) {
    if (wanted && !`${file} ${journey.name}`.toLowerCase().includes(wanted)) continue
    list.push(await run(file, journey, world, browser))
  }
} finally {
  await within(30, 'Closing the browser', browser.close()).catch(console.error)
  await within(30, 'Stopping the world', world.stop()).catch(console.error)
}
if (!wanted) await writeFile(join(reports, 'e2e.json'), JSON.stringify(list, null, 2))
const failed = list.filter(({ state }) => state === 'failed').length
console.log(`journeys: ${list.length - failed} passed, ${failed} failed`)
// Whatever still hangs must not hold the command up.
process.exit(failed > 0 || list.length === 0 ? 1 : 0)

async function findJourneys(): Promise<{ file: string; journey: Journey }[]> {
  const found = []
  for (const file of globSync('e2e/*.e2e.ts', { cwd: root }).sort()) {
    await import(join(root, file))
    for (const journey of takeJourneys()) found.push({ file, journey })
  }
  return found
}

async function run(
  file: string,
  journey: Journey,
  world: World,
  browser: Browser,
): Promise<Result> {
  const begun = performance.now()
  const pages: Page[] = []
  const watches: ReturnType<typeof watchPages>[] = []
  const expected: RegExp[] = []
  const sandbox = sandboxHands(world.sandboxUrl)
  const otherBrowser = async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(stepMs)
    const watch = watchPages(context, [world.url, world.sandboxUrl])
    for (const fault of expected) watch.expects(fault)
    watches.push(watch)
    const page = await context.newPage()
    pages.push(page)
    return page
  }
  let fault: unknown
  try {
    const scene = {
      world,
      sandbox,
      page: await within(30, 'Opening a window', otherBrowser()),
      otherBrowser,
      look: (page: Page, name: string) => lookAtPage(page, name, join(results, 'pages')),
      expects(pattern: RegExp) {
        expected.push(pattern)
        for (const watch of watches) watch.expects(pattern)
      },
    }
    await within(longest, 'The journey', journey.run(scene))
    const seen = watches.flatMap(({ faults }) => faults)
    if (seen.length > 0) throw new Error(`Behind the page:\n  ${[...new Set(seen)].join('\n  ')}`)
  } catch (error) {
    fault = error
    await takePictures(pages, journey.name)
  }
  for (const page of pages) await within(30, 'Closing a window', page.context().close())
  await within(30, 'Clearing faults', sandbox.clearFaults())

  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const state = fault === undefined ? 'passed' : 'failed'
  console.log(
    `${state === 'passed' ? 'ok    ' : 'FAILED'} ${file} > ${journey.name} (${seconds} s)`,
  )
  if (fault !== undefined) {
    console.log(fault instanceof Error ? (fault.stack ?? fault.message) : fault)
    for (const line of new Set(watches.flatMap(({ faults }) => faults))) console.log(`  ${line}`)
  }
  return { file, name: journey.name, state }
}

async function takePictures(pages: readonly Page[], name: string): Promise<void> {
  for (const [index, page] of pages.entries()) {
    const path = join(results, `${name.replaceAll(/\W+/g, '-')}-${index + 1}.png`)
    // The picture explains the fault; if the page is gone, the fault is still told.
    await page.screenshot({ path, fullPage: true }).then(
      () => console.log(`  picture: ${path} (${page.url()})`),
      () => console.log(`  no picture: the page ${page.url()} is gone`),
    )
  }
}
