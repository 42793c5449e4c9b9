import { z } from 'zod'
import { type Handle, type Look, NetworkError, type Outgoing, type Session } from '../../adapter.ts'
import { asPerson, call, pathId } from './call.ts'
import { externalUrl } from './pin-address.ts'
import { pinAltText, sameLink, sameText } from './pin-text.ts'
import { listOf } from './places.ts'

const Pin = z.object({
  id: z.string().regex(/^\d+$/),
  created_at: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  link: z.string().nullish(),
  alt_text: z.string().nullish(),
  media: z.object({ media_type: z.string().nullish() }).nullish(),
})
type Pin = z.infer<typeof Pin>

// Pinterest's clock and ours may differ, and its times have whole seconds.
const slackMs = 2 * 60_000
const pageSize = '100'
// 5,000 Pins younger than one attempt would be no account of a person.
const mostPages = 50

/**
 * Reads the newest Pins of the board, and of the section if one was chosen, and names those that
 * could be this post. Changes nothing. @throws NetworkError, also when it could not look far enough:
 * then nothing is said about what is there.
 */
export async function look(
  session: Session,
  outgoing: Outgoing,
  _handle: Handle,
  armedAt: Date,
): Promise<Look> {
  if (!outgoing.destination)
    return { candidates: [], words: 'It had no board.', detail: 'no board' }
  const board = pathId(outgoing.destination.id, 'board')
  const section = outgoing.destination.childId
  const since = armedAt.getTime() - slackMs
  const onBoard = await recentPins(
    session,
    `/boards/${board}/pins`,
    'GET /boards/{board_id}/pins',
    since,
  )
  // [unconfirmed] Whether a board's list holds the Pins of its sections.
  const inSection = section
    ? await recentPins(
        session,
        `/boards/${board}/sections/${pathId(section, 'section')}/pins`,
        'GET /boards/{board_id}/sections/{section_id}/pins',
        since,
      )
    : []
  const pins = new Map([...onBoard, ...inSection].map((pin) => [pin.id, pin]))
  const found = [...pins.values()].filter((pin) => couldBe(pin, outgoing))
  return {
    candidates: found.map(({ id }) => ({ externalId: id, externalUrl: externalUrl(id) })),
    words: wordsFor(found.length),
    detail: `GET /boards/{board_id}/pins -> ${pins.size} since ${new Date(since).toISOString()}, ${found.length} alike`,
  }
}

/**
 * The Pins of a list made since then. It is read until a page ends before, which holds while the
 * newest come first (observed, [unconfirmed]); a list in another order is read to its end.
 */
async function recentPins(
  session: Session,
  path: string,
  operation: string,
  since: number,
): Promise<Pin[]> {
  const recent: Pin[] = []
  let bookmark: string | undefined
  let newestFirst = true
  let last = Number.POSITIVE_INFINITY
  for (let page = 0; page < mostPages; page += 1) {
    const { answer } = await call(asPerson(session), {
      method: 'GET',
      path,
      operation,
      query: { page_size: pageSize, bookmark },
      answer: listOf(Pin),
      effect: 'none',
    })
    for (const pin of answer.items) {
      const at = createdAt(pin)
      // A Pin whose time cannot be read may be the one.
      if (at === null || at >= since) recent.push(pin)
      if (at === null) continue
      newestFirst &&= at <= last
      last = at
    }
    bookmark = answer.bookmark || undefined
    if (bookmark === undefined || (newestFirst && last < since)) return recent
  }
  throw new NetworkError('retryable', {
    words: 'There are more Pins on the board than could be looked through.',
    detail: `${operation} -> more than ${mostPages} pages of ${pageSize}`,
  })
}

/** `2020-01-01T20:10:40-00:00` or without a zone: then it is UTC. */
function createdAt({ created_at }: Pin): number | null {
  if (!created_at) return null
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(created_at) ? created_at : `${created_at}Z`
  const at = Date.parse(zoned)
  return Number.isNaN(at) ? null : at
}

function couldBe(pin: Pin, outgoing: Outgoing): boolean {
  return (
    sameText(pin.title) === sameText(outgoing.title) &&
    sameText(pin.description) === sameText(outgoing.body) &&
    sameLink(pin.link) === sameLink(outgoing.link) &&
    isUnknownOr(sameText(pin.alt_text), sameText(pinAltText(outgoing))) &&
    isUnknownOr(pin.media?.media_type ?? '', mediaTypeOf(outgoing))
  )
}

/** What a list leaves out tells nothing. */
const isUnknownOr = (told: string, expected: string) => told === '' || told === expected

function mediaTypeOf({ media }: Outgoing): string {
  if (media[0]?.kind === 'video') return 'video'
  return media.length > 1 ? 'multiple_images' : 'image'
}

function wordsFor(count: number): string {
  if (count === 0) return 'Looked at the board: the Pin is not there.'
  if (count === 1) return 'Looked at the board: a Pin like this one is there.'
  return `Looked at the board: ${count} Pins like this one are there.`
}
