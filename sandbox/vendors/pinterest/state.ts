import { randomText } from '../../random.ts'
import { Shelf } from '../../shelf.ts'
import { RateLimits } from './rate-limits.ts'
import type { Account, App, Board, Code, Grant, Media, Pin, Section, Token } from './types.ts'

/** Beyond 2^53, as the vendor's are: whoever parses an id into a number loses its end. */
const FIRST_ID = {
  account: 664_632_613_700_000_000n,
  board: 549_755_885_175_000_000n,
  section: 5_195_035_116_725_090_000n,
  pin: 813_744_226_420_000_000n,
  media: 5_212_123_920_968_240_000n,
} as const

type Noun = keyof typeof FIRST_ID

export const DEFAULT_APP: App = {
  clientId: 'sandbox-pinterest-app',
  clientSecret: 'sandbox-pinterest-secret',
  name: 'Avow',
  tier: 'standard',
  redirectUris: [],
  usedRefreshToken: 'refused',
  limits: {},
  perSecond: 100,
}

const PROCESSING_MS = 2000

export type SavedPinterest = {
  processingMs: number
  counters: Record<Noun, number>
  apps: App[]
  accounts: Account[]
  boards: Board[]
  sections: Section[]
  pins: Pin[]
  media: Media[]
  grants: Grant[]
  tokens: Token[]
  codes: Code[]
}

/** Pinterest as this sandbox knows it, with the indexes that keep every request flat in cost. */
export class PinterestState {
  readonly apps = new Map<string, App>()
  readonly accounts = new Map<string, Account>()
  readonly boards = new Map<string, Board>()
  readonly sections = new Map<string, Section>()
  readonly pins = new Map<string, Pin>()
  readonly media = new Map<string, Media>()
  readonly grants = new Map<string, Grant>()
  readonly tokens = new Map<string, Token>()
  readonly codes = new Map<string, Code>()
  readonly rateLimits = new RateLimits()
  /** How long a video is processed, in sandbox milliseconds. */
  processingMs = PROCESSING_MS
  readonly #accountsByUsername = new Map<string, Account>()
  readonly #boardsOf = new Map<string, Shelf>()
  readonly #sectionsOf = new Map<string, Shelf>()
  readonly #pinsOn = new Map<string, Shelf>()
  readonly #mediaOf = new Map<string, Shelf>()
  readonly #mediaByKey = new Map<string, Media>()
  #counters: Record<Noun, number> = { account: 0, board: 0, section: 0, pin: 0, media: 0 }

  constructor() {
    this.clear()
  }

  clear(): void {
    for (const index of this.#allMaps()) index.clear()
    this.rateLimits.clear()
    this.processingMs = PROCESSING_MS
    this.#counters = { account: 0, board: 0, section: 0, pin: 0, media: 0 }
    this.addApp(structuredClone(DEFAULT_APP))
  }

  #allMaps(): Map<string, unknown>[] {
    return [
      this.apps,
      this.accounts,
      this.boards,
      this.sections,
      this.pins,
      this.media,
      this.grants,
      this.tokens,
      this.codes,
      this.#accountsByUsername,
      this.#boardsOf,
      this.#sectionsOf,
      this.#pinsOn,
      this.#mediaOf,
      this.#mediaByKey,
    ]
  }

  newId(noun: Noun): string {
    this.#counters[noun] += 1
    return String(FIRST_ID[noun] + BigInt(this.#counters[noun]) * 37n)
  }

  addApp(app: App): void {
    this.apps.set(app.clientId, app)
  }

  addAccount(account: Account): void {
    this.accounts.set(account.id, account)
    this.#accountsByUsername.set(account.username, account)
  }

  /** By id or username. */
  account(name: string): Account | undefined {
    return this.accounts.get(name) ?? this.#accountsByUsername.get(name)
  }

  addBoard(board: Board): void {
    this.boards.set(board.id, board)
    shelf(this.#boardsOf, board.accountId).put(board.id)
  }

  boardsOf(accountId: string): Shelf {
    return shelf(this.#boardsOf, accountId)
  }

  boardByName(accountId: string, name: string): Board | undefined {
    return this.#boardWhere(accountId, (board) => board.name === name)
  }

  boardBySlug(accountId: string, slug: string): Board | undefined {
    return this.#boardWhere(accountId, (board) => board.slug === slug)
  }

  #boardWhere(accountId: string, matches: (board: Board) => boolean): Board | undefined {
    for (const id of this.boardsOf(accountId).ids()) {
      const board = this.boards.get(id)
      if (board && matches(board)) return board
    }
    return undefined
  }

  /** Removes a board with its sections and pins, as the vendor does. */
  removeBoard(board: Board): void {
    for (const pinId of this.pinsOn(board.id).ids()) {
      const pin = this.pins.get(pinId)
      if (pin) this.removePin(pin)
    }
    for (const sectionId of this.sectionsOf(board.id).ids()) this.sections.delete(sectionId)
    this.#sectionsOf.delete(board.id)
    this.#pinsOn.delete(board.id)
    this.boardsOf(board.accountId).take(board.id)
    this.boards.delete(board.id)
  }

  addSection(section: Section): void {
    this.sections.set(section.id, section)
    shelf(this.#sectionsOf, section.boardId).put(section.id)
  }

  sectionsOf(boardId: string): Shelf {
    return shelf(this.#sectionsOf, boardId)
  }

  removeSection(section: Section): void {
    for (const pinId of this.pinsOn(section.id).ids()) {
      const pin = this.pins.get(pinId)
      if (pin) pin.sectionId = null
    }
    this.#pinsOn.delete(section.id)
    this.sectionsOf(section.boardId).take(section.id)
    this.sections.delete(section.id)
  }

  addPin(pin: Pin): void {
    this.pins.set(pin.id, pin)
    for (const place of places(pin)) shelf(this.#pinsOn, place).put(pin.id)
    const board = this.boards.get(pin.boardId)
    if (board) board.pinsModifiedAt = Math.max(board.pinsModifiedAt, pin.createdAt)
  }

  /** Pins of a board, a section or an account, by its id. */
  pinsOn(place: string): Shelf {
    return shelf(this.#pinsOn, place)
  }

  movePin(pin: Pin, to: { boardId: string; sectionId: string | null }): void {
    for (const place of places(pin)) this.pinsOn(place).take(pin.id)
    Object.assign(pin, to)
    for (const place of places(pin)) this.pinsOn(place).put(pin.id)
  }

  removePin(pin: Pin): void {
    this.pins.delete(pin.id)
    for (const place of places(pin)) this.pinsOn(place).take(pin.id)
  }

  addMedia(media: Media): void {
    this.media.set(media.id, media)
    this.#mediaByKey.set(media.uploadKey, media)
    shelf(this.#mediaOf, media.accountId).put(media.id)
  }

  mediaByKey(uploadKey: string): Media | undefined {
    return this.#mediaByKey.get(uploadKey)
  }

  mediaOf(accountId: string): Shelf {
    return shelf(this.#mediaOf, accountId)
  }

  addGrant(grant: Omit<Grant, 'id' | 'revokedAt'>): Grant {
    const whole = { ...grant, id: `grant-${randomText(12)}`, revokedAt: null }
    this.grants.set(whole.id, whole)
    return whole
  }

  /** Ends every authorisation that a person has given, as removing the app in the settings does. */
  revokeGrantsOf(accountId: string, at: number): number {
    let revoked = 0
    for (const grant of this.grants.values()) {
      if (grant.accountId !== accountId || grant.revokedAt !== null) continue
      grant.revokedAt = at
      revoked += 1
    }
    return revoked
  }

  snapshot(): SavedPinterest {
    return {
      processingMs: this.processingMs,
      counters: this.#counters,
      apps: [...this.apps.values()],
      accounts: [...this.accounts.values()],
      boards: [...this.boards.values()],
      sections: [...this.sections.values()],
      pins: [...this.pins.values()],
      media: [...this.media.values()],
      grants: [...this.grants.values()],
      tokens: [...this.tokens.values()],
      codes: [...this.codes.values()],
    }
  }

  restore(saved: SavedPinterest): void {
    this.clear()
    this.processingMs = saved.processingMs
    this.#counters = saved.counters
    for (const app of saved.apps) this.addApp(app)
    for (const account of saved.accounts) this.addAccount(account)
    for (const board of saved.boards) this.addBoard(board)
    for (const section of saved.sections) this.addSection(section)
    for (const pin of saved.pins) this.addPin(pin)
    for (const media of saved.media) this.addMedia(media)
    for (const grant of saved.grants) this.grants.set(grant.id, grant)
    for (const token of saved.tokens) this.tokens.set(token.value, token)
    for (const code of saved.codes) this.codes.set(code.value, code)
  }
}

function shelf(index: Map<string, Shelf>, key: string): Shelf {
  let found = index.get(key)
  if (!found) {
    found = new Shelf()
    index.set(key, found)
  }
  return found
}

function places(pin: Pin): string[] {
  const places = [pin.boardId, pin.accountId]
  if (pin.sectionId) places.push(pin.sectionId)
  return places
}
