import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import type { Entry } from '../../platform/entry.ts'
import { workOnMedia } from './jobs.ts'
import { mediaDataClasses, uploadsClass } from './personal-data.ts'
import { serveFile } from './serve-file.ts'
import * as signals from './signals.ts'
import { mountUploads } from './uploads.ts'

export { mediaApi } from './api.ts'

/**
 * For whoever deletes rows by their age: uploads that were given up leave a file, which goes by a job
 * of the same transaction.
 */
export const mediaSweepHooks = {
  [uploadsClass.id]: async (
    tx: Tx,
    scope: Scope | undefined,
    rows: Record<string, unknown>[],
  ): Promise<void> => {
    const uploads = rows.map((row) => String(row.id))
    await scope?.jobs.send(tx, signals.deleteFiles, { keys: [], uploads })
  },
}

export const mediaEntry: Entry = {
  dataClasses: mediaDataClasses,
  signals: [signals.prepareAsset, signals.deleteFiles],
  work: workOnMedia,
  mount(server, platform) {
    server.get('/files/*', { exposeHeadRoute: true }, (request, reply) =>
      serveFile(platform, request as Parameters<typeof serveFile>[1], reply),
    )
    mountUploads(server, platform)
  },
}
