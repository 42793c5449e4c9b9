import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const wide = { width: 1280, height: 800 }
const narrow = { width: 360, height: 740 }

/**
 * Looks at a page as people meet it: wide, on a small phone, and in dark mode. Axe must find
 * nothing serious in either colours, and nothing may stick out of the small screen. Pictures for
 * the eye go to `folder`.
 */
export async function lookAtPage(page: Page, name: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const picture = (suffix: string) =>
    page.screenshot({ path: join(folder, `${name}-${suffix}.png`), animations: 'disabled' })
  const found: string[] = []

  await picture('wide')
  found.push(...(await barriers(new AxeBuilder({ page }), 'light')))
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture('dark')
  // Only the colours differ from before.
  found.push(...(await barriers(new AxeBuilder({ page }).withRules('color-contrast'), 'dark')))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(narrow)
  await picture('narrow')
  found.push(...(await sticksOut(page)))
  await page.setViewportSize(wide)
  if (found.length > 0) throw new Error(`The page “${name}”:\n${found.join('\n')}`)
}

async function barriers(axe: AxeBuilder, colours: string): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 3).map((node) => `      ${node.html.slice(0, 160)}`)
      return `  axe, ${colours}: ${id}, ${help} (${nodes.length} times)\n${where.join('\n')}`
    })
}

async function sticksOut(page: Page): Promise<string[]> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }))
  return content > screen ? [`  at 360 px it is ${content} px wide, the screen ${screen}`] : []
}
