import { useEffect, useSyncExternalStore } from 'react'
import { forgetFile, keepFile, keptFiles } from './kept-files.ts'
import { endByTus, sendByTus } from './send-by-tus.ts'
import { type Upload, type UploadPorts, Uploads } from './uploads.ts'

/** One page of the browser at a time sends an upload. Without locks (plain http) none is asked. */
const alone: UploadPorts['alone'] = async (name, work) => {
  if (!('locks' in navigator)) {
    await work()
    return true
  }
  return navigator.locks.request(`avow-upload-${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return false
    await work()
    return true
  })
}

/** The uploads of this page. They go on while the person moves between pages of the app. */
export const uploads = new Uploads({
  send: sendByTus,
  end: endByTus,
  keep: keepFile,
  forget: forgetFile,
  kept: keptFiles,
  alone,
  newId: () => crypto.randomUUID(),
  now: () => Date.now(),
})

const isUnfinished = ({ state, kept }: Upload) =>
  !kept && (state === 'sending' || state === 'waiting')

// What is kept goes on after a reload; the browser asks only where something would be lost.
addEventListener('beforeunload', (event) => {
  if (uploads.all().some(isUnfinished)) event.preventDefault()
})
addEventListener('online', () => {
  for (const one of uploads.all()) if (one.state === 'failed') uploads.resume(one.id)
})

/** Uploads of a workspace, going on with those that an earlier load of the page left. */
export function useUploads(workspaceId: string): readonly Upload[] {
  useEffect(() => void uploads.restore(workspaceId), [workspaceId])
  const all = useSyncExternalStore(uploads.subscribe, uploads.all)
  return all.filter((one) => one.workspaceId === workspaceId)
}
