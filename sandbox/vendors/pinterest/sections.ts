import { json, noContent } from '../../vendor.ts'
import type { World } from '../../world.ts'
import { operation, readBody, readQuery } from './operation.ts'
import { ownBoard, ownSection, pageOf } from './owned.ts'
import { presentPin } from './present.ts'
import { Refusal } from './refusal.ts'
import { noQuery, paging, pinListQuery, sectionBody } from './schemas.ts'
import type { Board, Section } from './types.ts'
import { wantedTypes } from './wanted-types.ts'

const WRITE = ['boards:read', 'boards:write']
const presentSection = ({ id, name }: Section) => ({ id, name })

const listSections = operation({
  name: 'GET /boards/{board_id}/sections',
  scopes: ['boards:read'],
  category: 'org_read',
  handle: (call, { account }) => {
    const query = readQuery(call, paging)
    const { pinterest } = call.world
    const board = ownBoard(call.world, account, call.params.board_id ?? '')
    const page = pageOf(
      pinterest.sectionsOf(board.id),
      query,
      (id) => pinterest.sections.get(id),
      presentSection,
    )
    return json(200, page)
  },
})

const createSection = operation({
  name: 'POST /boards/{board_id}/sections',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const board = ownBoard(call.world, account, call.params.board_id ?? '')
    const { name } = readBody(call, sectionBody)
    return json(201, presentSection(addSection(call.world, board, name)))
  },
})

/** Puts a new section on a board. Throws the 409 for a name that the board already has. */
export function addSection(world: World, board: Board, name: string): Section {
  refuseTakenName(world, board, name)
  const section = { id: world.pinterest.newId('section'), boardId: board.id, name }
  world.pinterest.addSection(section)
  world.changed()
  return section
}

function refuseTakenName(world: World, board: Board, name: string): void {
  const ids = world.pinterest.sectionsOf(board.id).ids()
  if (!ids.some((id) => world.pinterest.sections.get(id)?.name === name)) return
  throw new Refusal(409, 409, 'A section with this name already exists on the board.')
}

const updateSection = operation({
  name: 'PATCH /boards/{board_id}/sections/{section_id}',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const board = ownBoard(call.world, account, call.params.board_id ?? '')
    const section = ownSection(call.world, board, call.params.section_id ?? '')
    const { name } = readBody(call, sectionBody)
    if (name !== section.name) refuseTakenName(call.world, board, name)
    section.name = name
    call.world.changed()
    return json(200, presentSection(section))
  },
})

const deleteSection = operation({
  name: 'DELETE /boards/{board_id}/sections/{section_id}',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const board = ownBoard(call.world, account, call.params.board_id ?? '')
    call.world.pinterest.removeSection(ownSection(call.world, board, call.params.section_id ?? ''))
    call.world.changed()
    return noContent()
  },
})

const listSectionPins = operation({
  name: 'GET /boards/{board_id}/sections/{section_id}/pins',
  scopes: ['boards:read', 'pins:read'],
  category: 'org_read',
  handle: (call, { account }) => {
    const query = readQuery(call, pinListQuery.omit({ creative_types: true, pin_metrics: true }))
    const { world } = call
    const board = ownBoard(world, account, call.params.board_id ?? '')
    const section = ownSection(world, board, call.params.section_id ?? '')
    const page = pageOf(
      world.pinterest.pinsOn(section.id),
      query,
      (id) => world.pinterest.pins.get(id),
      (pin) => presentPin(world, pin, account),
      wantedTypes(undefined),
    )
    return json(200, page)
  },
})

export const sectionRoutes = [
  listSections,
  createSection,
  updateSection,
  deleteSection,
  listSectionPins,
]
