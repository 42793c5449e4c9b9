/**
 * Publishing: posts, their targets, and the engine that sends each target once.
 *
 * A target is a post on one connection. It moves through the states of `rules.ts`; nothing reaches a
 * network but through `publish-target.ts`, and nothing goes out without an approval that names what
 * goes out. Read `rules.ts`, then `publish-target.ts`, `send-target.ts` and `settle-target.ts`.
 */
export { stopTargets } from './stop-targets.ts'
export { usesOfAssets } from './store-posts.ts'
