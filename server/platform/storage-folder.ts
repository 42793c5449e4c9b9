/** Files in a folder of this machine. */
import { randomUUID } from 'node:crypto'
import { createReadStream, type Dirent } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  assertContentType,
  assertKey,
  assertPrefix,
  type ByteRange,
  contentTypeOfKey,
  countAndCheck,
  missingFile,
  type OpenedFile,
  type PutOptions,
  rangeWithin,
  type Storage,
  StorageFullError,
  type StorageSource,
  streamOf,
} from './storage.ts'

/** The part of a file handle that writing needs; a test hands in a disk that is full. */
type WritableFile = {
  write(chunk: Buffer): Promise<{ bytesWritten: number }>
  sync(): Promise<void>
  close(): Promise<void>
}

export type FolderStorageOptions = {
  openFile?: (path: string) => Promise<WritableFile>
}

/** Beside the keys (which never start with a dot) and on the same disk, so that a rename is atomic. */
const unfinished = '.unfinished'
/** Longer than any upload lasts: another process may be writing here right now. */
const abandonedAfterMs = 24 * 60 * 60 * 1000

/**
 * Opens (and makes, where needed) a folder to store files in. Files that an earlier process left
 * half written more than a day ago are removed.
 */
export async function openFolderStorage(
  root: string,
  { openFile = (path) => open(path, 'wx', 0o600) }: FolderStorageOptions = {},
): Promise<Storage> {
  await mkdir(join(root, unfinished), { recursive: true, mode: 0o700 })
  await removeAbandoned(join(root, unfinished))
  const pathOf = (key: string): string => {
    assertKey(key)
    return join(root, ...key.split('/'))
  }
  return {
    put: (key, source, options) =>
      putFile({ root, path: pathOf(key), openFile }, key, source, options),
    open: (key, range) => openStored(pathOf(key), key, range),
    async stat(key) {
      const bytes = await fileSize(pathOf(key))
      return bytes === undefined ? undefined : { bytes, contentType: contentTypeOfKey(key) }
    },
    async delete(key) {
      await rm(pathOf(key), { force: true })
    },
    async deletePrefix(prefix) {
      assertPrefix(prefix)
      const folder = pathOf(prefix.slice(0, -1))
      let count = 0
      for await (const _ of filesBelow(root, folder)) count += 1
      await rm(folder, { recursive: true, force: true })
      return count
    },
    list(prefix) {
      if (prefix === '') return filesBelow(root, root)
      assertPrefix(prefix)
      return filesBelow(root, pathOf(prefix.slice(0, -1)))
    },
  }
}

type Place = { root: string; path: string; openFile: (path: string) => Promise<WritableFile> }

async function putFile(
  { root, path, openFile }: Place,
  key: string,
  source: StorageSource,
  { contentType, sha256 }: PutOptions,
): Promise<{ bytes: number }> {
  assertContentType(key, contentType)
  const part = join(root, unfinished, `${randomUUID()}.part`)
  try {
    const bytes = await writeDurably(await openFile(part), source, sha256)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rename(part, path)
    await syncFolder(dirname(path))
    return { bytes }
  } catch (fault) {
    await rm(part, { force: true })
    throw isFull(fault) ? new StorageFullError(fault) : fault
  }
}

/** Writes and syncs, so that a key never names bytes which a power cut can take back. */
async function writeDurably(
  file: WritableFile,
  source: StorageSource,
  sha256: string | undefined,
): Promise<number> {
  const { through, bytes } = countAndCheck(sha256)
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      writeAll(file, chunk).then(() => done(), done)
    },
  })
  try {
    await pipeline(streamOf(source), through, sink)
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes()
}

async function writeAll(file: WritableFile, chunk: Buffer): Promise<void> {
  let rest = chunk
  while (rest.length > 0) rest = rest.subarray((await file.write(rest)).bytesWritten)
}

/** A rename is durable only once its folder is. Some systems cannot sync a folder: not needed there. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function openStored(
  path: string,
  key: string,
  range: ByteRange | undefined,
): Promise<OpenedFile> {
  const total = await fileSize(path)
  if (total === undefined) throw missingFile(key)
  const { start, end } = rangeWithin(range, total)
  const stream =
    total === 0 ? createReadStream(path) : createReadStream(path, { start, end, flags: 'r' })
  return { stream, bytes: end - start + 1, total, contentType: contentTypeOfKey(key) }
}

async function fileSize(path: string): Promise<number | undefined> {
  try {
    const facts = await stat(path)
    return facts.isFile() ? facts.size : undefined
  } catch (fault) {
    if (isMissing(fault)) return undefined
    throw fault
  }
}

async function* filesBelow(
  root: string,
  folder: string,
): AsyncGenerator<{ key: string; bytes: number }> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      yield* filesBelow(root, path)
      continue
    }
    const bytes = await fileSize(path)
    // Deleted since the folder was read: it is not stored any more.
    if (bytes !== undefined) yield { key: relative(root, path).split(sep).join('/'), bytes }
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    // As S3 orders keys: a folder's name counts with its slash.
    const orderOf = (entry: Dirent) => (entry.isDirectory() ? `${entry.name}/` : entry.name)
    return entries
      .filter((entry) => !entry.name.startsWith('.'))
      .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  } catch (fault) {
    if (isMissing(fault)) return []
    throw fault
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const facts = await stat(path).catch(() => undefined)
    const age = facts ? Date.now() - facts.mtimeMs : 0
    if (age > abandonedAfterMs) await unlink(path).catch(() => undefined)
  }
}

function codeOf(fault: unknown): unknown {
  return fault instanceof Error && 'code' in fault ? fault.code : undefined
}

function isMissing(fault: unknown): boolean {
  return codeOf(fault) === 'ENOENT' || codeOf(fault) === 'ENOTDIR'
}

/** EDQUOT: the disk has room, but this user's share is used up. */
function isFull(fault: unknown): boolean {
  return codeOf(fault) === 'ENOSPC' || codeOf(fault) === 'EDQUOT'
}
