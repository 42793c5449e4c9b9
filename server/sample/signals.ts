import { z } from 'zod'
import { defineJob } from '../platform/jobs.ts'

/** Fill a sample workspace, as far as its pictures are prepared; it sends itself again until all are. */
export const fillSample = defineJob(
  'fill-sample',
  z.object({ workspaceId: z.uuid(), personId: z.uuid(), pass: z.int().min(0) }),
  { parallel: 2, retries: 3 },
)
