import { z } from 'zod'
import { Can, Cursor, Day, Id, Instant, LocalTime, PageSize, page, route, text } from './base.ts'
import { Asset } from './media.ts'

export const TargetState = z.enum([
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'publishing',
  'prepared',
  'armed',
  'submitted',
  'confirming',
  'published',
  'failed',
  'needs_review',
  'held',
  'cancelled',
])
export type TargetState = z.infer<typeof TargetState>

export const DestinationChoice = z.object({
  id: z.string().regex(/^\d{1,30}$/, 'Choose it from the list'),
  childId: z
    .string()
    .regex(/^\d{1,30}$/, 'Choose it from the list')
    .nullable(),
})

/** A file of a post, in its place. A video takes a cover: another file, or a moment of itself. */
const MediaInput = z.object({
  assetId: Id,
  altText: text(500).default(''),
  coverAssetId: Id.nullable().default(null),
  coverAtMs: z.number().int().min(0).max(900_000).nullable().default(null),
})

/** Longer than any network takes: a draft may be over a limit, and is then told so. */
const PostContent = z.object({
  title: text(500).default(''),
  body: text(20_000).default(''),
  link: text(4_000).default(''),
  media: z.array(MediaInput).max(20).default([]),
})
export type PostContent = z.infer<typeof PostContent>

const TargetChoice = z.object({ connectionId: Id, destination: DestinationChoice.nullable() })

/** One thing that stands in the way (`error`) or that a person should know (`warning`). */
export const Finding = z.object({
  level: z.enum(['error', 'warning']),
  /** Path of the field, such as `title` or `media.0`. */
  field: z.string(),
  /** A stable name of the rule, such as `title_too_long` or `duplicate_pin`. */
  rule: z.string(),
  words: z.string(),
  fix: z.string(),
  connectionId: Id.nullable(),
})
export type Finding = z.infer<typeof Finding>

export const Target = z.object({
  id: Id,
  postId: Id,
  connectionId: Id,
  network: z.string(),
  destination: DestinationChoice.nullable(),
  state: TargetState,
  /** What the state means here, in words, and what to do if anything. */
  stateWords: z.string(),
  dueAt: Instant.nullable(),
  publishedAt: Instant.nullable(),
  externalId: z.string().nullable(),
  externalUrl: z.string().nullable(),
  /** Set while a retry waits for its time. */
  nextTryAt: Instant.nullable(),
  can: z.object({ reschedule: Can, cancel: Can, retry: Can, resolve: Can }),
})
export type Target = z.infer<typeof Target>

export const Post = z.object({
  id: Id,
  version: z.number().int(),
  title: z.string(),
  body: z.string(),
  link: z.string(),
  media: z.array(
    z.object({
      asset: Asset,
      altText: z.string(),
      coverAssetId: Id.nullable(),
      coverAtMs: z.number().nullable(),
    }),
  ),
  targets: z.array(Target),
  createdBy: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  can: z.object({ edit: Can, schedule: Can, delete: Can }),
})
export type Post = z.infer<typeof Post>

/** A post as a list and the calendar show it: one row a target, or a draft without one. */
export const PostRow = z.object({
  postId: Id,
  title: z.string(),
  excerpt: z.string(),
  thumbnailUrl: z.string().nullable(),
  mediaCount: z.number().int(),
  updatedAt: Instant,
  targets: z.array(
    z.object({
      id: Id,
      connectionId: Id,
      network: z.string(),
      state: TargetState,
      dueAt: Instant.nullable(),
    }),
  ),
})

export const CalendarEntry = z.object({
  targetId: Id,
  postId: Id,
  connectionId: Id,
  network: z.string(),
  state: TargetState,
  dueAt: Instant,
  /** Wall-clock time in the workspace's zone. */
  dueLocal: LocalTime,
  title: z.string(),
  excerpt: z.string(),
  thumbnailUrl: z.string().nullable(),
  canReschedule: z.boolean(),
})
export type CalendarEntry = z.infer<typeof CalendarEntry>

/** One line of a target's timeline. Append-only. */
export const Attempt = z.object({
  id: Id,
  /** Which try it belongs to, counted from 1. */
  number: z.number().int(),
  phase: z.enum(['claim', 'prepare', 'arm', 'submit', 'confirm', 'reconcile', 'settle', 'person']),
  at: Instant,
  outcome: z.enum([
    'ok',
    'waiting',
    'rejected',
    'retryable',
    'quota',
    'reauthorise',
    'unknown_outcome',
    'noted',
  ]),
  /** What was asked and what was said, for a person. */
  words: z.string(),
  /** Method, path, status, vendor code, request id, for an engineer. Secrets are removed. */
  detail: z.string().nullable(),
  durationMs: z.number().nullable(),
})

export const When = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  z.object({
    kind: z.literal('at'),
    local: LocalTime,
    /** In the hour that an autumn change of clocks repeats: the first or the second of the two. */
    repeatedHour: z.enum(['first', 'second']).default('first'),
  }),
  z.object({ kind: z.literal('queue') }),
])
export type When = z.infer<typeof When>

/** A weekly slot in the workspace's zone. */
export const Slot = z.object({
  weekday: z.number().int().min(0).max(6).describe('0 is Sunday'),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write it as 09:30'),
})

const Id1 = z.object({ id: Id })

export const publishing = {
  posts: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/posts',
      summary: 'Posts, newest change first',
      tags: ['Posts'],
    })
    .input(
      z.object({
        cursor: Cursor,
        limit: PageSize,
        search: text(100).optional(),
        state: TargetState.optional(),
        connectionId: Id.optional(),
      }),
    )
    .output(page(PostRow)),
  post: route({ who: 'read' })
    .route({ method: 'GET', path: '/posts/{id}', summary: 'One post', tags: ['Posts'] })
    .input(Id1)
    .output(Post),
  createPost: route({ who: 'posts.write', creates: true })
    .route({
      method: 'POST',
      path: '/posts',
      summary: 'Write a post',
      tags: ['Posts'],
      successStatus: 201,
    })
    .input(PostContent.extend({ targets: z.array(TargetChoice).max(30).default([]) }))
    .output(Post),
  updatePost: route({ who: 'posts.write' })
    .route({
      method: 'PATCH',
      path: '/posts/{id}',
      summary: 'Edit a post. Editing takes back its approvals',
      tags: ['Posts'],
    })
    .input(
      Id1.extend({
        /** The version that was read. If somebody else saved since, the answer is 409 `stale_edit`. */
        version: z.number().int(),
        title: text(500).optional(),
        body: text(20_000).optional(),
        link: text(4_000).optional(),
        media: z.array(MediaInput).max(20).optional(),
        targets: z.array(TargetChoice).max(30).optional(),
      }),
    )
    .output(Post),
  deletePost: route({ who: 'posts.write' })
    .route({
      method: 'DELETE',
      path: '/posts/{id}',
      summary: 'Delete a post that has not gone out',
      tags: ['Posts'],
    })
    .input(Id1)
    .output(z.object({ deleted: z.literal(true) })),
  duplicatePost: route({ who: 'posts.write', creates: true })
    .route({
      method: 'POST',
      path: '/posts/{id}/duplicate',
      summary: 'Copy a post as a draft',
      tags: ['Posts'],
      successStatus: 201,
    })
    .input(Id1)
    .output(Post),
  checkPost: route({ who: 'read' })
    .route({
      method: 'POST',
      path: '/posts/check',
      summary: 'What stands in the way of publishing this',
      tags: ['Posts'],
    })
    .input(
      PostContent.extend({
        postId: Id.optional(),
        targets: z.array(TargetChoice).max(30).default([]),
      }),
    )
    .output(z.object({ findings: z.array(Finding) })),
  schedulePost: route({ who: 'posts.publish', creates: true })
    .route({
      method: 'POST',
      path: '/posts/{id}/schedule',
      summary: 'Approve and publish now, at a time, or in the queue',
      tags: ['Posts'],
    })
    .input(
      Id1.extend({
        version: z.number().int(),
        when: When,
        /** Minutes between one target and the next, in the order of the targets. */
        spacingMinutes: z
          .number()
          .int()
          .min(0)
          .max(60 * 24 * 90)
          .default(0),
        /** Rules of findings of level `warning` that the person has seen and wants to pass. */
        acceptWarnings: z.array(z.string().max(60)).max(20).default([]),
      }),
    )
    .output(
      z.object({
        post: Post,
        /** Which instant is meant, where a change of clocks left room for doubt. */
        notes: z.array(z.string()),
      }),
    ),

  calendar: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/calendar',
      summary: 'Targets due between two days',
      tags: ['Calendar'],
    })
    .input(
      z.object({
        from: Day,
        to: Day.describe('The day after the last'),
        connectionId: Id.optional(),
        state: TargetState.optional(),
        cursor: Cursor,
        limit: z.coerce.number().int().min(1).max(500).default(500),
      }),
    )
    .output(page(CalendarEntry)),
  reschedule: route({ who: 'posts.publish' })
    .route({
      method: 'POST',
      path: '/targets/{id}/reschedule',
      summary: 'Move to another time',
      tags: ['Calendar'],
    })
    .input(
      Id1.extend({
        /** A day keeps the time of day. */
        to: z.union([
          z.object({ day: Day }),
          z.object({
            local: LocalTime,
            repeatedHour: z.enum(['first', 'second']).default('first'),
          }),
        ]),
      }),
    )
    .output(z.object({ target: Target, notes: z.array(z.string()) })),
  cancel: route({ who: 'posts.publish' })
    .route({
      method: 'POST',
      path: '/targets/{id}/cancel',
      summary: 'Take out of the calendar',
      tags: ['Calendar'],
    })
    .input(Id1)
    .output(Target),
  retry: route({ who: 'posts.publish' })
    .route({
      method: 'POST',
      path: '/targets/{id}/retry',
      summary: 'Try again, where that is safe',
      tags: ['Calendar'],
    })
    .input(Id1)
    .output(Target),
  resolve: route({ who: 'posts.publish' })
    .route({
      method: 'POST',
      path: '/targets/{id}/resolve',
      summary: 'Say what became of a target that needs review',
      tags: ['Calendar'],
    })
    .input(
      Id1.extend({
        found: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('there'), url: z.url({ protocol: /^https?$/ }).max(300) }),
          z.object({ kind: z.literal('not_there') }),
        ]),
      }),
    )
    .output(Target),
  attempts: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/targets/{id}/attempts',
      summary: 'How it got there: every attempt',
      tags: ['Calendar'],
    })
    .input(Id1)
    .output(z.object({ items: z.array(Attempt) })),

  slots: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/connections/{id}/slots',
      summary: 'Weekly slots of the queue',
      tags: ['Queue'],
    })
    .input(Id1)
    .output(z.object({ items: z.array(Slot), nextFree: Instant.nullable() })),
  setSlots: route({ who: 'workspace.manage' })
    .route({
      method: 'PUT',
      path: '/connections/{id}/slots',
      summary: 'Set the weekly slots',
      tags: ['Queue'],
    })
    .input(Id1.extend({ items: z.array(Slot).max(100) }))
    .output(z.object({ items: z.array(Slot), nextFree: Instant.nullable() })),
}
