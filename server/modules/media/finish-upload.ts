import { rm } from 'node:fs/promises'
import type { Scope } from '../../platform/context.ts'
import { enterAsset, originalKeyOf } from './add-asset.ts'
import { claimFinish, type UploadRow } from './store.ts'
import { uploadPath } from './upload-files.ts'

/**
 * Turns a complete upload into a file of the library, of the same id. May be killed and run again:
 * the bytes are stored first, the row is entered once.
 */
export async function finishUpload(scope: Scope, upload: UploadRow): Promise<void> {
  const path = uploadPath(scope.config, upload.id)
  const originalKey = originalKeyOf(scope.workspaceId, upload.id)
  await scope.storage.put(originalKey, { path }, { contentType: 'application/octet-stream' })
  await scope.tx(async (tx) => {
    if (!(await claimFinish(tx, scope.workspaceId, upload.id))) return
    const { id, name, bytes, createdBy } = upload
    await enterAsset(tx, scope, { id, name, bytes, createdBy, originalKey })
  })
  await rm(path, { force: true })
}
