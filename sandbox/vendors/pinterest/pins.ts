import { json, noContent } from '../../vendor.ts'
import { operation, readBody, readQuery } from './operation.ts'
import { ownBoard, ownPin, ownSection, pageOf } from './owned.ts'
import { presentPin } from './present.ts'
import { invalid } from './refusal.ts'
import { noQuery, ownPinListQuery, pinQuery, pinUpdate } from './schemas.ts'
import { wantedTypes } from './wanted-types.ts'

const READ = ['boards:read', 'pins:read']
const WRITE = ['boards:read', 'boards:write', 'pins:read', 'pins:write']

const listPins = operation({
  name: 'GET /pins',
  scopes: READ,
  category: 'org_read',
  handle: (call, { account }) => {
    const query = readQuery(call, ownPinListQuery)
    const { world } = call
    const isWanted = wantedTypes(query.creative_types)
    const page = pageOf(
      world.pinterest.pinsOn(account.id),
      query,
      (id) => world.pinterest.pins.get(id),
      (pin) => presentPin(world, pin, account),
      (pin) =>
        isWanted(pin) &&
        query.pin_filter !== 'has_been_promoted' &&
        !(query.pin_filter === 'exclude_repins' && pin.parentPinId !== null),
    )
    return json(200, page)
  },
})

const getPin = operation({
  name: 'GET /pins/{pin_id}',
  scopes: READ,
  category: 'org_read',
  handle: (call, { account }) => {
    readQuery(call, pinQuery)
    const pin = ownPin(call.world, account, call.params.pin_id ?? '')
    return json(200, presentPin(call.world, pin, account))
  },
})

const updatePin = operation({
  name: 'PATCH /pins/{pin_id}',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const { world } = call
    const pin = ownPin(world, account, call.params.pin_id ?? '')
    const body = readBody(call, pinUpdate)
    if (body.carousel_slots && pin.media.type !== 'carousel') {
      throw invalid("Invalid request: 'carousel_slots' needs a carousel Pin")
    }
    const board = ownBoard(world, account, body.board_id ?? pin.boardId)
    const stays = board.id === pin.boardId ? pin.sectionId : null
    const sectionId = body.board_section_id === undefined ? stays : body.board_section_id
    if (sectionId) ownSection(world, board, sectionId)
    if (board.id !== pin.boardId || sectionId !== pin.sectionId) {
      world.pinterest.movePin(pin, { boardId: board.id, sectionId })
    }
    if (body.title !== undefined) pin.title = body.title || null
    if (body.description !== undefined) pin.description = body.description || null
    if (body.link !== undefined) pin.link = body.link || null
    if (body.alt_text !== undefined) pin.altText = body.alt_text || null
    if (body.carousel_slots && pin.media.type === 'carousel') {
      for (const [index, slot] of body.carousel_slots.entries()) {
        Object.assign(pin.media.items[index] ?? {}, slot)
      }
    }
    world.changed()
    return json(200, presentPin(world, pin, account))
  },
})

const deletePin = operation({
  name: 'DELETE /pins/{pin_id}',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const { world } = call
    const pin = ownPin(world, account, call.params.pin_id ?? '')
    world.pinterest.removePin(pin)
    world.history.record(
      { type: 'pin.deleted', id: pin.id, account: account.username, board: pin.boardId },
      {
        requestId: call.requestId,
        fault: call.fault?.kind ?? null,
        sandboxAt: world.clock.iso(),
      },
    )
    world.changed()
    return noContent()
  },
})

export const pinRoutes = [listPins, getPin, updatePin, deletePin]
