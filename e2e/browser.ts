import packaged from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** Chromium from the npm package: nothing is downloaded, nothing must be installed. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // The package's own arguments are for a cloud function, where one process must do.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    headless: true,
  })
}
