import { afterAll, beforeAll, expect, it } from 'vitest'
import { type NetworksApp, newPerson, startNetworks } from './modules/networks/networks.fixture.ts'
import { newId } from './platform/ids.ts'

let app: NetworksApp

beforeAll(async () => {
  app = await startNetworks()
}, 60_000)
afterAll(() => app?.stop())

it('A note of the security log is not shown after a year, before any sweep', async () => {
  const person = await newPerson(app, 'Reader')
  const note = (age: string) =>
    app.admin.query(
      `insert into security_events (id, user_id, kind, at) values ($1, $2, 'signed_in', app.now() - $3::interval)`,
      [newId(), person.id, age],
    )
  await note('365 days 1 second')
  await note('364 days 23 hours')
  const { body } = await person.api('GET', '/me/security-log')
  expect(body.items).toHaveLength(1)
  const { rows } = await app.admin.query('select from security_events where user_id = $1', [
    person.id,
  ])
  expect(rows).toHaveLength(2)
})
