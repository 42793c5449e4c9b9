import type { KeptUpload } from './uploads.ts'

const database = 'avow-uploads'
const store = 'files'

const done = <Result>(request: IDBRequest<Result>) =>
  new Promise<Result>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' })
  return done(request)
}

async function within<Result>(
  mode: IDBTransactionMode,
  work: (files: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const db = await open()
  try {
    return await done(work(db.transaction(store, mode).objectStore(store)))
  } finally {
    db.close()
  }
}

/** Keeps a file on this device until it has arrived. Rejects in private windows and when full. */
export async function keepFile(upload: KeptUpload): Promise<void> {
  await within('readwrite', (files) => files.put(upload))
}

export async function forgetFile(id: string): Promise<void> {
  await within('readwrite', (files) => files.delete(id))
}

/** Files of a workspace that have not arrived; none where this browser cannot keep files. */
export async function keptFiles(workspaceId: string): Promise<KeptUpload[]> {
  if (!('indexedDB' in globalThis)) return []
  try {
    const all: KeptUpload[] = await within('readonly', (files) => files.getAll())
    return all.filter((one) => one.workspaceId === workspaceId)
  } catch {
    // Some private windows have the API and refuse it: nothing was kept there either.
    return []
  }
}
