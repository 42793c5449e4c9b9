import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from './config.ts'
import { createKeyRing, type KeyRing } from './crypto.ts'

/**
 * The ring of master keys: from the environment, or from its file, which is made once where that is
 * allowed. Losing the key loses every secret that it wraps, so it is never replaced in silence.
 */
export async function loadKeyRing({ masterKey }: Pick<Config, 'masterKey'>): Promise<KeyRing> {
  const current = masterKey.key ?? (await fromFile(masterKey.file, masterKey.mayCreate))
  return createKeyRing([current, ...masterKey.previous])
}

async function fromFile(file: string, mayCreate: boolean): Promise<Buffer> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) {
    if (!mayCreate) {
      throw new Error(
        `There is no master key in ${file}. Make one with “openssl rand -base64 32”, keep a copy in a safe place, and set AVOW_MASTER_KEY or AVOW_MASTER_KEY_FILE.`,
      )
    }
    return create(file)
  }
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32) throw new Error(`${file} does not hold 32 bytes in base64.`)
  return key
}

async function create(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true })
  const key = randomBytes(32)
  try {
    // `wx`: of two servers that start at once, one makes the key and the other reads it.
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(`${key.toString('base64')}\n`)
    await handle.sync()
    await handle.close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return fromFile(file, false)
    throw error
  }
  await chmod(file, 0o600)
  return key
}
