import { z } from 'zod'
import type { Places, Session } from '../../adapter.ts'
import { asPerson, call, pathId } from './call.ts'

const pageSize = '100'

/** What every list answers: `bookmark` absent or null at the end. A short page is not the end. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), bookmark: z.string().nullish() })

const Board = z.object({
  id: z.string(),
  name: z.string(),
  privacy: z.string().nullish(),
  pin_count: z.number().nullish(),
  is_ads_only: z.boolean().nullish(),
})
const Section = z.object({ id: z.string(), name: z.string() })

/** The account's boards, a page at a time. @throws NetworkError */
export async function places(session: Session, cursor: string | undefined): Promise<Places> {
  const { answer } = await call(asPerson(session), {
    method: 'GET',
    path: '/boards',
    operation: 'GET /boards',
    query: { page_size: pageSize, bookmark: cursor },
    answer: listOf(Board),
    effect: 'none',
  })
  const items = answer.items
    // Boards for advertisements take no ordinary Pins.
    .filter((board) => !board.is_ads_only)
    .map(({ id, name, privacy, pin_count }) => ({
      id,
      name,
      private: privacy === 'SECRET',
      count: pin_count ?? null,
    }))
  return { items, nextCursor: answer.bookmark || null }
}

/** The sections of a board. @throws NetworkError */
export async function childPlaces(
  session: Session,
  placeId: string,
  cursor: string | undefined,
): Promise<Places> {
  const { answer } = await call(asPerson(session), {
    method: 'GET',
    path: `/boards/${pathId(placeId, 'board')}/sections`,
    operation: 'GET /boards/{board_id}/sections',
    query: { page_size: pageSize, bookmark: cursor },
    answer: listOf(Section),
    effect: 'none',
  })
  const items = answer.items.map((section) => ({ ...section, private: false, count: null }))
  return { items, nextCursor: answer.bookmark || null }
}
