import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Id, Instant, route } from './base.ts'

/** Something that happened in the workspace. Read the subject again to see how it is now. */
export const LiveEvent = z.object({
  name: z.string(),
  subject: z.object({ kind: z.string(), id: Id }),
  /** A second thing it touches, such as the post of a target. */
  parent: z.object({ kind: z.string(), id: Id }).nullable(),
  at: Instant,
})
export type LiveEvent = z.infer<typeof LiveEvent>

export const live = {
  /** Server-sent events. The id of each is the cursor: send it as `Last-Event-ID` to go on after it. */
  events: route({ who: 'read' })
    .route({ method: 'GET', path: '/live', summary: 'What happens, as it happens', tags: ['Live'] })
    .output(eventIterator(LiveEvent)),
}
