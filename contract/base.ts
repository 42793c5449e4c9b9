import { oc } from '@orpc/contract'
import { z } from 'zod'

/** What a member may do. Roles are sets of these (see `permissionsOf` in accounts.ts). */
export const Permission = z.enum([
  'read',
  'posts.write',
  'posts.publish',
  'media.write',
  'connections.manage',
  'workspace.manage',
  'members.manage',
  'keys.manage',
])
export type Permission = z.infer<typeof Permission>

/**
 * Who may call a route.
 * `public`: anybody. `person`: whoever is signed in. A permission: a member of the workspace, or
 * an API key of it, that holds the permission.
 */
export type Meta = {
  who: 'public' | 'person' | Permission
  /** The call makes something new, so it takes an `Idempotency-Key`. */
  creates?: boolean
  /** Only a person in a session may call it, never an API key. */
  sessionOnly?: boolean
  /** The answer holds a secret that is shown once, so it is not kept for a repeated call. */
  secretAnswer?: boolean
}

/** Every route of the API starts from here, so that none forgets to say who may call it. */
export const route = (meta: Meta) => oc.$meta<Meta>(meta)

export const Id = z.uuid().describe('UUID, version 7')
/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime({ offset: true })
/** Wall-clock time without a zone, `2026-11-22T09:30`. It is read in the workspace's time zone. */
export const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Write it as 2026-11-22T09:30')
export const Day = z.iso.date()

export const Cursor = z.string().max(300).optional().describe('`nextCursor` of the page before')
export const PageSize = z.coerce.number().int().min(1).max(100).default(50)
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** Whether an act is open to the caller now: yes, or the reason why not, in words for a person. */
export const Can = z.object({ ok: z.boolean(), why: z.string().nullable() })
export type Can = z.infer<typeof Can>

const withoutControls = (text: string) => !/[^\P{Cc}\t\n\r]/u.test(text)
/** Text that a person typed, with no control characters but line breaks and tabs. */
export const text = (max: number) =>
  z.string().max(max).refine(withoutControls, 'Remove the invisible control characters')
/** A name on one line, not empty. */
export const name = (max: number) =>
  text(max)
    .transform((value) => value.trim())
    .refine((value) => value.length > 0, 'Write a name')
    .refine((value) => !/[\r\n\t]/.test(value), 'Keep the name on one line')

/** An IANA zone that this system knows, such as Europe/Amsterdam. */
export const TimeZone = z.string().max(64).refine(isTimeZone, 'Choose a time zone from the list')

function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
