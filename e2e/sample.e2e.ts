import { journey } from './harness.ts'
import { go } from './steps.ts'

journey('the sample workspace opens with one click and is full of what happened', async (scene) => {
  const { page, look, world } = scene
  await page.goto(world.url)
  await page.getByRole('button', { name: 'Open the sample workspace' }).click()
  await page.waitForURL(/\/w\/[0-9a-f-]{36}\/calendar/, { timeout: 60_000 })
  const entries = (state: string) => page.getByRole('link', { name: new RegExp(`${state}: `) })
  // It is filled by what really happens, while one looks on.
  await entries('Scheduled').nth(9).waitFor({ timeout: 60_000 })
  await entries('Published').nth(2).waitFor()
  await look(page, 'sample-calendar')
  await entries('Published').first().click()
  await page.getByRole('link', { name: 'See it at Pinterest' }).first().waitFor()
  await page.getByText('Pinterest made the Pin.').first().waitFor()
  await look(page, 'sample-post')
  await go(page, 'Library')
  await page.getByRole('heading', { name: 'Library' }).waitFor()
  await look(page, 'sample-library')
})
