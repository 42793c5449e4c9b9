import { z } from 'zod'
import { seededRandom } from './random.ts'

/** What each kind does, in words for the page. The first ones act before the call has any effect. */
export const FAULT_KINDS = {
  refuse: 'Answer an error; nothing is done',
  'rate-limit': 'Answer 429; nothing is done',
  spam: 'Answer 429 as the spam block does; nothing is done',
  'drop-before': 'Drop the connection; nothing is done',
  'hang-before': 'Never answer; nothing is done',
  'token-expired': 'The access token has just expired',
  'token-revoked': 'The person has just removed the app',
  'scope-lost': 'The grant has just lost a scope',
  'board-deleted': 'The board has just been deleted',
  'media-fail': 'Processing of this video fails',
  's3-403': 'The upload policy is refused',
  slow: 'Wait, then do it and answer',
  'drop-reply': 'Do it, then drop the connection',
  'accept-then-error': 'Do it, then answer an error',
  'accept-then-hang': 'Do it, then never answer',
  'accept-then-truncate': 'Do it, then cut the answer in the middle',
} as const

export type FaultKind = keyof typeof FAULT_KINDS

const KINDS = Object.keys(FAULT_KINDS) as [FaultKind, ...FaultKind[]]

export const faultInput = z.strictObject({
  vendor: z.enum(['pinterest', 'google', 'resend']).optional(),
  /** `POST /pins`, `GET /boards/*`, `POST *`: method and path, `*` for anything. All calls when left out. */
  operation: z
    .string()
    .regex(/^(?:[A-Z]+|\*)(?: \S+)?$/)
    .optional(),
  kind: z.enum(KINDS),
  /** How often it strikes; once when neither this nor a probability is given. */
  times: z.int().positive().optional(),
  probability: z.number().gt(0).max(1).optional(),
  /** Only calls made for this account (id or username). */
  account: z.string().optional(),
  /** `refuse` and `accept-then-error`: 503 when left out. */
  status: z.int().min(400).max(599).optional(),
  /** Shape of an error's body: the vendor's own JSON, an HTML page, JSON cut short, or nothing. */
  body: z.enum(['json', 'html', 'truncated', 'empty']).optional(),
  code: z.int().optional(),
  message: z.string().optional(),
  /** `slow`: how long, in real milliseconds. */
  ms: z.int().min(0).max(600_000).optional(),
  /** `rate-limit`: seconds named in the headers; a header whose number is left out is not sent. */
  retryAfter: z.int().min(0).optional(),
  reset: z.int().min(0).optional(),
  /** `scope-lost`: which; the operation's first one when left out. */
  scope: z.string().optional(),
})

export type FaultInput = z.infer<typeof faultInput>

export type FaultRule = FaultInput & {
  id: string
  left: number | null
  struck: number
  draws: number
}

export type FaultTarget = {
  vendor: string
  operation: string
  method: string
  path: string
  account: () => string[]
}

/** The rules that make the world unreliable, in the order they were added; the first that strikes wins. */
export class Faults {
  readonly #seed: string
  #rules: FaultRule[] = []
  #random = new Map<string, () => number>()
  #number = 0

  constructor(seed: string) {
    this.#seed = seed
  }

  add(input: FaultInput): FaultRule {
    this.#number += 1
    const left = input.times ?? (input.probability === undefined ? 1 : null)
    const rule = { ...input, id: `fault-${this.#number}`, left, struck: 0, draws: 0 }
    this.#rules.push(rule)
    return rule
  }

  list(): readonly FaultRule[] {
    return this.#rules
  }

  remove(id: string): boolean {
    const before = this.#rules.length
    this.#rules = this.#rules.filter((rule) => rule.id !== id)
    return this.#rules.length < before
  }

  clear(): void {
    this.#rules = []
    this.#random.clear()
  }

  /** The rule that strikes this call, if any. A rule that is used up disappears. */
  strike(target: FaultTarget): FaultRule | undefined {
    for (const rule of this.#rules) {
      if (!applies(rule, target) || !this.#draws(rule)) continue
      rule.struck += 1
      if (rule.left !== null) {
        rule.left -= 1
        if (rule.left === 0) this.remove(rule.id)
      }
      return rule
    }
    return undefined
  }

  #draws(rule: FaultRule): boolean {
    if (rule.probability === undefined) return true
    let random = this.#random.get(rule.id)
    if (!random) {
      random = seededRandom(`${this.#seed}:${rule.id}`)
      for (let drawn = 0; drawn < rule.draws; drawn += 1) random()
      this.#random.set(rule.id, random)
    }
    rule.draws += 1
    return random() < rule.probability
  }

  snapshot(): { rules: FaultRule[]; number: number } {
    return { rules: this.#rules, number: this.#number }
  }

  restore(saved: { rules: FaultRule[]; number: number }): void {
    this.#rules = saved.rules
    this.#number = saved.number
    this.#random.clear()
  }
}

function applies(rule: FaultRule, target: FaultTarget): boolean {
  if (rule.vendor && rule.vendor !== target.vendor) return false
  if (rule.operation && !operationMatches(rule.operation, target)) return false
  return !rule.account || target.account().includes(rule.account)
}

function operationMatches(pattern: string, target: FaultTarget): boolean {
  const [method = '*', path = '*'] = pattern.split(' ')
  if (method !== '*' && method !== target.method) return false
  const template = target.operation.slice(target.operation.indexOf(' ') + 1)
  return pathMatches(path, template) || pathMatches(path, target.path)
}

function pathMatches(pattern: string, path: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${source}$`).test(path)
}
