import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

const target = z.object({ workspaceId: z.uuid(), targetId: z.uuid() })

/** Work on a target as far as it goes: send it when due, or find out what became of it. */
export const publishTarget = defineJob('publish-target', target, {
  parallel: 32,
  retries: 1000,
  retrySeconds: 1,
})

/** Tell the people concerned by mail that a target failed, is held, or needs review. */
export const tellOutcome = defineJob('tell-outcome', target.extend({ attemptId: z.uuid() }))
