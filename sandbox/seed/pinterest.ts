import { createHash } from 'node:crypto'
import { slugOf } from '../vendors/pinterest/slug.ts'
import type { Account, Board, Picture, Pin } from '../vendors/pinterest/types.ts'
import type { World } from '../world.ts'
import { BUSINESSES } from './businesses.ts'
import { SCENE_SIZE, type Scene } from './scenes.ts'
import type { SeedBusiness } from './seed-types.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** The three businesses with their boards and pins, dated over the past months. Ids are the same on every first day. */
export function seedPinterest(world: World): void {
  const now = world.clock.now()
  for (const business of BUSINESSES) {
    const account = seedAccount(world, business)
    let age = business.boards.length * 34 * DAY
    for (const board of business.boards) {
      seedBoard(world, account, board, now - age)
      age -= 29 * DAY
    }
  }
}

function seedAccount(world: World, business: SeedBusiness): Account {
  const { boards: _, ...said } = business
  const account: Account = {
    ...said,
    id: world.pinterest.newId('account'),
    accountType: 'BUSINESS',
    avatar: { kind: 'monogram', seed: business.username },
  }
  world.pinterest.addAccount(account)
  return account
}

function seedBoard(
  world: World,
  account: Account,
  wanted: SeedBusiness['boards'][number],
  createdAt: number,
): void {
  const { pinterest } = world
  const board: Board = {
    id: pinterest.newId('board'),
    accountId: account.id,
    name: wanted.name,
    slug: slugOf(wanted.name),
    description: wanted.description,
    privacy: wanted.privacy ?? 'PUBLIC',
    isAdsOnly: false,
    followerCount: Math.round(account.followerCount / 3),
    createdAt,
    pinsModifiedAt: createdAt,
  }
  pinterest.addBoard(board)
  const sections = new Map<string, string>()
  for (const name of wanted.sections ?? []) {
    const id = pinterest.newId('section')
    pinterest.addSection({ id, boardId: board.id, name })
    sections.set(name, id)
  }
  for (const [index, { scene, more = [], ...said }] of wanted.pins.entries()) {
    const pictures = [scene, ...more].map((kind, turn) =>
      scenePicture({ kind, seed: `${said.title} ${turn}` }),
    )
    const pin: Omit<Pin, 'media'> = {
      id: pinterest.newId('pin'),
      accountId: account.id,
      boardId: board.id,
      sectionId: sections.get(said.section ?? '') ?? null,
      title: said.title,
      description: said.description,
      link: `${account.websiteUrl}/${slugOf(said.title)}`,
      altText: said.alt,
      dominantColor: null,
      parentPinId: null,
      isStandard: true,
      aiDisclosures: [],
      createdAt: createdAt + index * 26 * HOUR + 9 * HOUR,
    }
    pinterest.addPin({ ...pin, media: mediaOf(pictures) })
  }
}

function mediaOf(pictures: Picture[]): Pin['media'] {
  const [only] = pictures
  if (only && pictures.length === 1) return { type: 'image', picture: only }
  const words = { title: null, description: null, link: null }
  return { type: 'carousel', items: pictures.map((picture) => ({ picture, ...words })) }
}

/** A picture that exists as its description until somebody looks at it. */
function scenePicture(scene: Scene): Picture {
  const file = createHash('sha256').update(JSON.stringify(scene)).digest('hex').slice(0, 32)
  return { file, type: 'jpeg', ...SCENE_SIZE, scene }
}
