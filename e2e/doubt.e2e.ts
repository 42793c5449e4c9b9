import assert from 'node:assert/strict'
import { journey } from './harness.ts'
import { settleIn, somebody, writePost } from './steps.ts'

journey('when nobody can tell whether a pin is there, a person decides', async (scene) => {
  const { page, look, sandbox, world } = scene
  await settleIn(scene, page, somebody('Gil Sato'), 'oakandiron')
  await writePost(page, { title: 'Shelf in ash', board: 'Shelves', photos: ['tomatoes.jpg'] })

  // Pinterest answers twice with an error that leaves open whether the pin was made. Before a
  // person is asked, the board is looked at for half an hour; here that passes faster.
  scene.expects(/ERR_|Failed to (load|fetch)|50\d/)
  await world.restartServer({ PUBLISHING_PACE: '200' })
  await sandbox.addFault({
    vendor: 'pinterest',
    operation: 'POST /pins',
    kind: 'refuse',
    status: 500,
    times: 2,
  })
  await page.reload()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await page.getByText('Please look at Pinterest: is it there?').waitFor({ timeout: 60_000 })
  await page.getByText('Looked for').first().waitFor()
  await look(page, 'post-needs-review')
  await world.restartServer()

  await page.reload()
  await page.getByRole('button', { name: 'It is not there: publish' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'It is not there: publish' }).click()
  await page.getByText('Published', { exact: true }).waitFor({ timeout: 30_000 })
  const pins = (await sandbox.pinsCreated()).filter(({ title }) => title === 'Shelf in ash')
  assert.equal(pins.length, 1, 'it is there exactly once')
})

journey('a reply that is lost does not make a second pin', async (scene) => {
  const { page, sandbox, world } = scene
  await settleIn(scene, page, somebody('Hana Kim'), 'oakandiron')
  await writePost(page, {
    title: 'Stool, three legs',
    board: 'Chairs',
    photos: ['larch.jpg'],
  })
  scene.expects(/ERR_|Failed to (load|fetch)|50\d/)
  await world.restartServer({ PUBLISHING_PACE: '60' })
  await sandbox.addFault({ vendor: 'pinterest', operation: 'POST /pins', kind: 'drop-reply' })
  await page.reload()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await page.getByText('Published', { exact: true }).waitFor({ timeout: 60_000 })
  await page.getByText('Found it there: it went out.').waitFor()
  const pins = (await sandbox.pinsCreated()).filter(({ title }) => title === 'Stool, three legs')
  assert.equal(pins.length, 1)
  await world.restartServer()
})
