import { json, noContent } from '../../vendor.ts'
import type { World } from '../../world.ts'
import { operation, readBody, readQuery } from './operation.ts'
import { ownBoard, pageOf } from './owned.ts'
import { presentBoard, presentPin } from './present.ts'
import { invalid } from './refusal.ts'
import { boardCreate, boardListQuery, boardUpdate, noQuery, pinListQuery } from './schemas.ts'
import { slugOf } from './slug.ts'
import type { Account, Board } from './types.ts'
import { wantedTypes } from './wanted-types.ts'

const WRITE = ['boards:read', 'boards:write']

const listBoards = operation({
  name: 'GET /boards',
  scopes: ['boards:read'],
  category: 'org_read',
  handle: (call, { account, token }) => {
    const query = readQuery(call, boardListQuery)
    const { world } = call
    const seesSecret = token.scopes.includes('boards:read_secret')
    const keep = ({ privacy }: Board) =>
      (privacy !== 'SECRET' || seesSecret) &&
      (query.privacy === 'ALL' || query.privacy.split('_AND_').includes(privacy))
    const page = pageOf(
      world.pinterest.boardsOf(account.id),
      query,
      (id) => world.pinterest.boards.get(id),
      (board) => presentBoard(world, board),
      keep,
    )
    return json(200, page)
  },
})

const createBoard = operation({
  name: 'POST /boards',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const body = readBody(call, boardCreate)
    const board = addBoard(call.world, account, {
      name: body.is_ads_only ? 'Ad-only Pins' : body.name,
      description: body.description ?? null,
      privacy: body.privacy ?? 'PUBLIC',
      isAdsOnly: body.is_ads_only ?? false,
    })
    const { requestId, fault } = call
    call.world.history.record(
      { type: 'board.created', id: board.id, account: account.username, name: board.name },
      { requestId, fault: fault?.kind ?? null, sandboxAt: call.world.clock.iso() },
    )
    return json(201, presentBoard(call.world, board))
  },
})

/** Puts a new board on an account. Throws the 400 for a name that the account already uses. */
export function addBoard(
  world: World,
  account: Account,
  wanted: Pick<Board, 'name' | 'description' | 'privacy' | 'isAdsOnly'>,
): Board {
  refuseTakenName(world, account, wanted.name)
  const now = world.clock.now()
  const board: Board = {
    ...wanted,
    id: world.pinterest.newId('board'),
    accountId: account.id,
    slug: slugOf(wanted.name),
    followerCount: 0,
    createdAt: now,
    pinsModifiedAt: now,
  }
  world.pinterest.addBoard(board)
  world.changed()
  return board
}

function refuseTakenName(world: World, account: Account, name: string): void {
  if (!world.pinterest.boardByName(account.id, name)) return
  throw invalid('You already have a board with this name.')
}

const getBoard = operation({
  name: 'GET /boards/{board_id}',
  scopes: ['boards:read'],
  category: 'org_read',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const board = ownBoard(call.world, account, call.params.board_id ?? '')
    return json(200, presentBoard(call.world, board))
  },
})

const updateBoard = operation({
  name: 'PATCH /boards/{board_id}',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const board = ownBoard(call.world, account, call.params.board_id ?? '')
    const body = readBody(call, boardUpdate)
    if (body.name !== undefined && body.name !== board.name) {
      refuseTakenName(call.world, account, body.name)
      board.name = body.name
      board.slug = slugOf(body.name)
    }
    if (body.description !== undefined) board.description = body.description
    if (body.privacy !== undefined) board.privacy = body.privacy
    call.world.changed()
    return json(200, presentBoard(call.world, board))
  },
})

const deleteBoard = operation({
  name: 'DELETE /boards/{board_id}',
  scopes: WRITE,
  category: 'org_write',
  handle: (call, { account }) => {
    readQuery(call, noQuery)
    const board = ownBoard(call.world, account, call.params.board_id ?? '')
    removeBoard(call.world, board, { requestId: call.requestId, fault: call.fault?.kind ?? null })
    return noContent()
  },
})

/** Deletes a board with everything on it, and says so in the history. */
export function removeBoard(
  world: World,
  board: Board,
  occurrence: { requestId: string; fault: string | null },
): void {
  world.pinterest.removeBoard(board)
  const account = world.pinterest.accounts.get(board.accountId)?.username ?? ''
  world.history.record(
    { type: 'board.deleted', id: board.id, account, name: board.name },
    { ...occurrence, sandboxAt: world.clock.iso() },
  )
  world.changed()
}

const listBoardPins = operation({
  name: 'GET /boards/{board_id}/pins',
  scopes: ['boards:read', 'pins:read'],
  category: 'org_read',
  handle: (call, { account }) => {
    const query = readQuery(call, pinListQuery)
    const { world } = call
    const board = ownBoard(world, account, call.params.board_id ?? '')
    const page = pageOf(
      world.pinterest.pinsOn(board.id),
      query,
      (id) => world.pinterest.pins.get(id),
      (pin) => presentPin(world, pin, account),
      wantedTypes(query.creative_types),
    )
    return json(200, page)
  },
})

export const boardRoutes = [
  listBoards,
  createBoard,
  getBoard,
  updateBoard,
  deleteBoard,
  listBoardPins,
]
