import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { appliedMigrations, backupTitle, seeAllRows, tablesToKeep } from './backup.ts'

/** Why a backup cannot be read here, in words for the operator. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError'
}

export type Restored = { table: string; rows: number }[]

/**
 * Reads a backup (`backUp`) into an empty database of the same migrations, as its owner: all of it
 * or nothing.
 *
 * The secrets in it open only with the master key of the server that wrote it, and files are not in
 * it: they stand in the storage.
 * @throws RestoreError when the database is not empty or of other migrations, or the file is broken
 */
export async function restore(client: pg.Client, file: string): Promise<Restored> {
  await client.query('begin')
  try {
    const opened = await seeAllRows(client)
    await demandEmpty(client)
    const restored = await readInto(client, file)
    for (const table of opened) {
      await client.query(`alter table ${table} force row level security`)
    }
    await client.query('commit')
    return restored
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function demandEmpty(client: pg.Client): Promise<void> {
  for (const { name } of await tablesToKeep(client)) {
    const { rowCount } = await client.query(`select from ${name} limit 1`)
    if (rowCount) {
      throw new RestoreError(
        `The database is not empty: ${name} has rows. Restore into a new database; nothing here is overwritten.`,
      )
    }
  }
}

async function readInto(client: pg.Client, file: string): Promise<Restored> {
  const known = await tablesToKeep(client)
  const lines = linesOf(file)
  const next = async () => (await lines.next()).value
  const title = await next()
  await demandSameMigrations(client, title)
  const restored: Restored = []
  for (let line = await next(); line !== undefined; line = await next()) {
    const [, name, columns] = /^\\copy (\S+) \(([^)]*)\) from stdin$/.exec(line) ?? []
    // What becomes SQL here comes out of the catalogue, not out of the file.
    const table = known.find((one) => one.name === name && one.columns === columns)
    if (!table)
      throw new RestoreError(`The file is no backup, or is damaged, at: ${line.slice(0, 80)}`)
    let rows = 0
    async function* data() {
      for (let row = await next(); row !== '\\.'; row = await next()) {
        if (row === undefined)
          throw new RestoreError(`The file ends in the middle of ${table?.name}.`)
        rows++
        yield `${row}\n`
      }
    }
    const into = client.query(copyFrom(`copy ${table.name} (${table.columns}) from stdin`))
    await pipeline(Readable.from(data()), into)
    restored.push({ table: table.name, rows })
  }
  const missing = known.filter(({ name }) => !restored.some(({ table }) => table === name))
  if (missing.length > 0) {
    throw new RestoreError(`The file ends before ${missing.map(({ name }) => name).join(', ')}.`)
  }
  return restored
}

/** Lines as PostgreSQL has them: ended by a line feed and nothing else. */
async function* linesOf(file: string): AsyncGenerator<string, undefined> {
  const unzipped = createGunzip().setEncoding('utf8')
  // A fault of either stream ends the reading below with that fault; here it is only kept quiet.
  pipeline(createReadStream(file), unzipped).catch(() => undefined)
  let rest = ''
  try {
    for await (const chunk of unzipped as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new RestoreError(`The file cannot be read: ${why}.`, { cause })
  }
  if (rest !== '') throw new RestoreError('The file ends in the middle of a line.')
  return undefined
}

async function demandSameMigrations(client: pg.Client, title: string | undefined): Promise<void> {
  if (!title?.startsWith(backupTitle)) throw new RestoreError('The file is no backup of Avow.')
  const theirs = title.slice(backupTitle.length).trim()
  if (theirs === (await appliedMigrations(client)).join(' ')) return
  throw new RestoreError(
    'The backup is of another version of Avow: its migrations differ. Restore it with the version that wrote it, then update.',
  )
}
