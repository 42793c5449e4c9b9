import type { Entry } from '../../platform/entry.ts'
import { workOnMedia } from './jobs.ts'
import { mediaDataClasses } from './personal-data.ts'
import { serveFile } from './serve-file.ts'
import * as signals from './signals.ts'
import { mountUploads } from './uploads.ts'

export { mediaApi } from './api.ts'

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
