import { Shelf } from '../../shelf.ts'

type Attachment = {
  filename: string
  contentType: string | null
  bytes: number
  contentId: string | null
}

export type Mail = {
  id: string
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  replyTo: string[]
  subject: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  tags: Record<string, string>
  attachments: Attachment[]
  messageId: string
  /** Sandbox time. */
  at: number
  scheduledAt: string | null
}

/** What an earlier call with the same idempotency key asked for and got. */
type Answered = { bodyHash: string; ids: string[]; at: number }

const PER_SECOND = 10
const KEY_LIFE_MS = 24 * 60 * 60 * 1000

/** Every mail that left for anybody, newest first, as the one mailbox of this world. */
export class Mailbox {
  readonly #mails = new Map<string, Mail>()
  #order = new Shelf()
  readonly #answered = new Map<string, Answered>()
  /** Calls a second and team. Resend's own default is 2, "may have been raised": this team's was. */
  perSecond = PER_SECOND

  add(mail: Mail): void {
    this.#mails.set(mail.id, mail)
    this.#order.put(mail.id)
  }

  find(id: string): Mail | undefined {
    return this.#mails.get(id)
  }

  get size(): number {
    return this.#mails.size
  }

  /** Newest first; only those to an address when one is named. */
  list(limit: number, to?: string): Mail[] {
    const isFor = (id: string) =>
      to === undefined ||
      (this.#mails.get(id)?.to ?? []).some((address) => bareAddress(address) === to.toLowerCase())
    return this.#order
      .page(limit, undefined, isFor)
      .ids.map((id) => this.#mails.get(id))
      .filter((mail) => mail !== undefined)
  }

  /** The answer to an idempotency key within its 24 hours. */
  answered(key: string, now: number): Answered | undefined {
    const found = this.#answered.get(key)
    if (!found || now - found.at < KEY_LIFE_MS) return found
    this.#answered.delete(key)
    return undefined
  }

  remember(key: string, answered: Answered): void {
    this.#answered.set(key, answered)
  }

  clear(): void {
    this.#mails.clear()
    this.#order = new Shelf()
    this.#answered.clear()
    this.perSecond = PER_SECOND
  }

  snapshot() {
    return {
      perSecond: this.perSecond,
      mails: [...this.#mails.values()],
      answered: [...this.#answered],
    }
  }

  restore(saved: ReturnType<Mailbox['snapshot']>): void {
    this.clear()
    this.perSecond = saved.perSecond
    for (const mail of saved.mails) this.add(mail)
    for (const [key, answered] of saved.answered) this.#answered.set(key, answered)
  }
}

/** `Fern <a@b.c>` and `a@b.c` are one address: `a@b.c`. */
function bareAddress(address: string): string {
  return (/<([^>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase()
}
