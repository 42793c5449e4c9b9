import type { Shelf } from '../../shelf.ts'
import type { World } from '../../world.ts'
import { boardNotFound, invalid, notYours, pinNotFound, Refusal } from './refusal.ts'
import type { Account, Board, Pin, Section } from './types.ts'

/** The board, if it exists and belongs to the caller. */
export function ownBoard(world: World, account: Account, id: string): Board {
  const board = world.pinterest.boards.get(id)
  if (!board) throw boardNotFound()
  if (board.accountId !== account.id) throw notYours()
  return board
}

export function ownSection(world: World, board: Board, id: string): Section {
  const section = world.pinterest.sections.get(id)
  if (section?.boardId !== board.id) throw new Refusal(404, 404, 'Board section not found.')
  return section
}

export function ownPin(world: World, account: Account, id: string): Pin {
  const pin = world.pinterest.pins.get(id)
  if (!pin) throw pinNotFound()
  if (pin.accountId !== account.id) throw notYours()
  return pin
}

/** One page of a shelf, newest first, as the answers of Pinterest's lists. */
export function pageOf<T, P>(
  shelf: Shelf,
  query: { page_size: number; bookmark?: string | undefined },
  find: (id: string) => T | undefined,
  present: (item: T) => P,
  keep: (item: T) => boolean = () => true,
): { items: P[]; bookmark: string | null } {
  const isKept = (id: string) => {
    const item = find(id)
    return item !== undefined && keep(item)
  }
  try {
    const page = shelf.page(query.page_size, query.bookmark, isKept)
    const items = page.ids.map(find).filter((item) => item !== undefined)
    return { items: items.map(present), bookmark: page.bookmark }
  } catch (error) {
    if (error instanceof RangeError) throw invalid("Invalid request: 'bookmark' is not valid")
    throw error
  }
}
