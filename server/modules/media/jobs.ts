import { rm } from 'node:fs/promises'
import type { Platform } from '../../platform/context.ts'
import { prepareAsset } from './prepare-asset.ts'
import * as signals from './signals.ts'
import { uploadPath } from './upload-files.ts'

/** Which verb works on which job. */
export function workOnMedia(platform: Platform): void {
  platform.jobs.on(signals.prepareAsset, (payload, { signal }) =>
    prepareAsset(platform, payload, signal),
  )
  platform.jobs.on(signals.deleteFiles, async ({ keys, uploads }) => {
    for (const key of keys) await platform.storage.delete(key)
    for (const id of uploads) await rm(uploadPath(platform.config, id), { force: true })
  })
}
