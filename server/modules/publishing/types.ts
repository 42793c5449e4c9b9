import type { attempts, postMedia, posts, targets } from './tables.ts'

export type PostRow = typeof posts.$inferSelect
export type MediaRow = typeof postMedia.$inferSelect
export type TargetRow = typeof targets.$inferSelect
export type AttemptRow = typeof attempts.$inferSelect

/** A target that this process holds the lease of. Every write names the fence. */
export type Claim = {
  target: TargetRow
  fence: number
  /** Which try this is, counted from 1. */
  number: number
}
