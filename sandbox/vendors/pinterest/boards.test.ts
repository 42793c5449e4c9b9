import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Body, image, picture, TestWorld } from '../../test-kit.ts'

let world: TestWorld
let token: string
beforeAll(async () => {
  world = await TestWorld.start()
})
beforeEach(async () => {
  await world.control('POST', '/reset')
  token = await world.grant('oakandiron')
})
afterAll(() => world.close())

it('creates, changes and deletes a board with what is on it', async () => {
  const made = await world.api(token, 'POST', '/boards', { name: 'Stools', privacy: 'PUBLIC' })
  expect(made.status).toBe(201)
  const id = String(made.body.id)
  const pin = await world.api(token, 'POST', '/pins', {
    board_id: id,
    media_source: image(await picture()),
  })
  const changed = await world.api(token, 'PATCH', `/boards/${id}`, { name: 'Low stools' })
  expect(changed.body).toMatchObject({ id, name: 'Low stools', pin_count: 1 })
  expect((await world.api(token, 'DELETE', `/boards/${id}`)).status).toBe(204)
  expect((await world.api(token, 'GET', `/boards/${id}`)).body.code).toBe(404)
  expect((await world.api(token, 'GET', `/pins/${pin.body.id}`)).body.code).toBe(50)
})

it('refuses a second board of the same name, and a field it does not know', async () => {
  expect((await world.api(token, 'POST', '/boards', { name: 'Chairs' })).status).toBe(400)
  const unknown = await world.api(token, 'POST', '/boards', { name: 'New', color: 'red' })
  expect(unknown.body.message).toContain('color')
})

it('keeps sections on their board, and refuses a name twice with 409', async () => {
  const board = await world.firstBoard('oakandiron')
  const path = `/boards/${board}/sections`
  const made = await world.api(token, 'POST', path, { name: 'Oak' })
  expect(made.status).toBe(201)
  const again = await world.api(token, 'POST', path, { name: 'Oak' })
  expect([again.status, again.body.code]).toEqual([409, 409])
  const renamed = await world.api(token, 'PATCH', `${path}/${made.body.id}`, { name: 'Ash' })
  expect(renamed.body.name).toBe('Ash')
  const pin = await world.api(token, 'POST', '/pins', {
    board_id: board,
    board_section_id: made.body.id,
    media_source: image(await picture()),
  })
  const inside = await world.api(token, 'GET', `${path}/${made.body.id}/pins`)
  expect((inside.body.items as Body[]).map(({ id }) => id)).toEqual([pin.body.id])
  expect((await world.api(token, 'DELETE', `${path}/${made.body.id}`)).status).toBe(204)
  const after = await world.api(token, 'GET', `/pins/${pin.body.id}`)
  expect(after.body.board_section_id).toBeNull()
})

it('moves a pin to another board by PATCH', async () => {
  const [from = '', to = ''] = [...(await world.boards('oakandiron')).values()]
  const pin = await world.api(token, 'POST', '/pins', {
    board_id: from,
    title: 'Here',
    media_source: image(await picture()),
  })
  const moved = await world.api(token, 'PATCH', `/pins/${pin.body.id}`, {
    board_id: to,
    title: 'There',
  })
  expect(moved.body).toMatchObject({ board_id: to, title: 'There' })
  const list = await world.api(token, 'GET', `/boards/${to}/pins?page_size=1`)
  expect((list.body.items as Body[])[0]?.id).toBe(pin.body.id)
})

it('answers an unknown path and a missing token as the vendor does', async () => {
  const unknown = await world.api(token, 'GET', '/pinz')
  expect([unknown.status, unknown.body.code]).toEqual([404, 404])
  const nobody = await world.api('made-up', 'GET', '/boards')
  expect([nobody.status, nobody.body.code]).toEqual([401, 2])
})
