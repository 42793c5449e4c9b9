import type { BrowserContext } from 'playwright-core'

/** What must not happen behind a page's back, whatever the journey looks at. */
export type Watch = {
  faults: string[]
  /** Lets pass what a journey provokes, such as the console's line about a 409. */
  expects(fault: RegExp): void
}

/** Notes errors of pages, error lines of their console, and requests to anybody else. */
export function watchPages(context: BrowserContext, origins: readonly string[]): Watch {
  const expected: RegExp[] = []
  const faults: string[] = []
  const note = (fault: string) => {
    if (!expected.some((one) => one.test(fault))) faults.push(fault)
  }
  context.on('weberror', (error) => note(`error on the page: ${error.error().message}`))
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    const { url } = message.location()
    note(`console: ${message.text()}${url ? ` (${url})` : ''}`)
  })
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (/^(data|blob|about):$/.test(protocol) || origins.includes(origin)) return
    note(`request to somebody else: ${request.url()}`)
  })
  return { faults, expects: (fault) => expected.push(fault) }
}
