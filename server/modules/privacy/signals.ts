import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

export const receiptWritten = 'receipt.written'

/** Ends what is past its clock, in every workspace. At 7 minutes past each hour. */
export const sweepJob = defineJob('privacy.sweep', z.object({}), {
  cron: '7 * * * *',
  retries: 3,
  retrySeconds: 60,
  parallel: 1,
})
