import { journey } from './harness.ts'
import { createAccount, createWorkspace, go, settleIn, somebody, writePost } from './steps.ts'

journey('disconnecting stops what is scheduled and leaves a receipt', async (scene) => {
  const { page, look } = scene
  await settleIn(scene, page, somebody('Ida Berg'), 'fernandbloom')
  await writePost(page, {
    title: 'Sage and eucalyptus',
    board: 'Weddings',
    photos: ['larch.jpg'],
  })
  await page.getByRole('button', { name: 'Schedule', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow/ })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule', exact: true }).click()
  await page.getByText('Scheduled', { exact: true }).waitFor()

  await go(page, 'Connections')
  await page.getByRole('button', { name: /^Options of/ }).click()
  await page.getByRole('menuitem', { name: 'Disconnect' }).click()
  const dialog = page.getByRole('dialog')
  await look(page, 'disconnect')
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await dialog.getByText('Destroyed', { exact: true }).first().waitFor()
  await dialog.getByText('Stopped', { exact: true }).first().waitFor()
  await look(page, 'disconnected')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByRole('heading', { name: 'No account is connected' }).waitFor()

  await go(page, 'Receipts')
  await page.getByText(/^Receipt [0-9a-f-]{36}/).waitFor()
  await look(page, 'receipts')
  await go(page, 'Posts')
  await page
    .getByRole('link', { name: /Sage and eucalyptus/ })
    .first()
    .click()
  await page.getByText('Scheduled', { exact: true }).waitFor({ state: 'detached' })
})

journey('a declined or partial consent is explained, and nothing is connected', async (scene) => {
  const { page, look } = scene
  await createAccount(scene, page, somebody('Jon Weir'))
  await createWorkspace(page, 'Oak & Iron')
  const connect = page.getByRole('button', { name: 'Connect Pinterest' }).first()
  await connect.click()
  await page.getByRole('button', { name: 'Deny' }).click()
  await page.getByText('You declined at the network').waitFor()
  await look(page, 'consent-declined')
  await connect.click()
  await page.getByLabel(/Publish Pins for you/).uncheck()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByText('Not every permission was given').waitFor()
  await page.getByText('Make the Pins that you schedule').waitFor()
  await page.getByRole('heading', { name: 'No account is connected' }).waitFor()
})
