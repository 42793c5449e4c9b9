/**
 * `npm run bench web`: how much JavaScript a browser loads for the first page: the start page, and the
 * calendar of somebody who is signed in. As gzip makes it, whatever the server's coding is.
 */
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../e2e/browser.ts'
import { rounded, say, tell } from '../prove/stage/figures.ts'
import { openShop, signUp } from '../prove/stage/people.ts'
import { openStage, type Stage } from '../prove/stage/stage.ts'

const bar = 250

const stage = await openStage('web')
try {
  const server = stage.startServer({ web: true })
  await server.told()
  const person = await signUp(stage)
  const { workspaceId } = await openShop(stage, person, 'web_reader')
  const browser = await startBrowser()
  try {
    const start = await kilobytesOf(stage, browser, '/')
    const calendar = await kilobytesOf(stage, browser, `/w/${workspaceId}/calendar`, person.cookie)
    const value = Math.max(start, calendar)
    tell({
      figure: 'web.first-load',
      value: rounded(value),
      unit: 'KB gzip',
      startPage: rounded(start),
      calendar: rounded(calendar),
      bar,
      holds: value <= bar,
    })
  } finally {
    await browser.close()
  }
} finally {
  await stage.close()
}
process.exit(process.exitCode)

/** The scripts that a browser with an empty cache loads until the page is quiet, in KB of 1000 bytes. */
async function kilobytesOf(
  stage: Stage,
  browser: Browser,
  path: string,
  cookie?: string,
): Promise<number> {
  const context = await browser.newContext()
  for (const pair of cookie?.split('; ') ?? []) {
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    await context.addCookies([{ name, value, url: stage.url }])
  }
  const page = await context.newPage()
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? ''
    if (!type.includes('javascript')) return
    scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length))
  })
  await page.goto(stage.url + path)
  await page.getByRole('heading').first().waitFor()
  // Live updates keep a request open, so the network never is quite idle: scripts are, after a while.
  let loaded = -1
  while (loaded !== scripts.length) {
    loaded = scripts.length
    await page.waitForTimeout(1500)
  }
  const bytes = (await Promise.all(scripts)).reduce((sum, one) => sum + one, 0)
  say(`${new URL(page.url()).pathname}: ${scripts.length} scripts, ${(bytes / 1000).toFixed(0)} KB`)
  await context.close()
  return bytes / 1000
}
