import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

const asset = z.object({ workspaceId: z.uuid(), assetId: z.uuid() })

/** Look at an uploaded file and make its renditions. Long for videos, so few at once. */
export const prepareAsset = defineJob('prepare-asset', asset, { parallel: 2 })

/** Remove files whose rows are gone: of an asset, or an upload that was given up. */
export const deleteFiles = defineJob(
  'delete-files',
  z.object({ keys: z.array(z.string()).max(50), uploads: z.array(z.uuid()).max(1000) }),
)
