import type { KeyObject } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import type { Scope } from './context.ts'
import { createDataKey, openText, seal, unwrapKey, wrapKey } from './crypto.ts'
import type { Tx } from './database.ts'
import { newId } from './ids.ts'
import { vaultKeys } from './tables.ts'

/** The column that a secret lies in. Sealed for exactly there: elsewhere it does not open. */
export type SecretPlace = { ownerId: string; table: string; column: string; row: string }

/** Seals a secret with its owner's data key, which is made on first use. */
export async function sealSecret(
  tx: Tx,
  scope: Scope,
  place: SecretPlace,
  plaintext: string,
): Promise<string> {
  const { key, version } = await dataKey(tx, scope, place.ownerId)
  const sealed = seal(key, plaintext, { ...where(scope, place), keyVersion: version })
  return `${version}.${sealed}`
}

/** @throws SealBroken when it was altered or moved, or when its key is gone. */
export async function openSecret(
  tx: Tx,
  scope: Scope,
  place: SecretPlace,
  sealed: string,
): Promise<string> {
  const dot = sealed.indexOf('.')
  const version = Number(sealed.slice(0, dot))
  const { key } = await dataKey(tx, scope, place.ownerId, version)
  return openText(key, sealed.slice(dot + 1), { ...where(scope, place), keyVersion: version })
}

/** Destroys an owner's keys: whatever was sealed with them can never be read again. */
export async function destroyKeys(tx: Tx, scope: Scope, ownerId: string): Promise<number> {
  const gone = await tx
    .delete(vaultKeys)
    .where(ownedBy(scope, ownerId))
    .returning({ id: vaultKeys.id })
  return gone.length
}

async function dataKey(
  tx: Tx,
  scope: Scope,
  ownerId: string,
  version?: number,
): Promise<{ key: KeyObject; version: number }> {
  const [row] = await tx
    .select()
    .from(vaultKeys)
    .where(
      and(
        ownedBy(scope, ownerId),
        version === undefined ? undefined : eq(vaultKeys.version, version),
      ),
    )
    .orderBy(desc(vaultKeys.version))
    .limit(1)
  if (row) {
    const place = { workspace: scope.workspaceId, keyVersion: row.version }
    const { key, needsRewrap } = unwrapKey(scope.keyRing, row.wrapped, place)
    if (needsRewrap) {
      await tx
        .update(vaultKeys)
        .set({ wrapped: wrapKey(scope.keyRing, key, place) })
        .where(and(eq(vaultKeys.workspaceId, scope.workspaceId), eq(vaultKeys.id, row.id)))
    }
    return { key, version: row.version }
  }
  if (version !== undefined) throw new Error('The key of this secret was destroyed.')
  const key = createDataKey()
  const wrapped = wrapKey(scope.keyRing, key, { workspace: scope.workspaceId, keyVersion: 1 })
  const [made] = await tx
    .insert(vaultKeys)
    .values({ workspaceId: scope.workspaceId, id: newId(), ownerId, version: 1, wrapped })
    .onConflictDoNothing()
    .returning({ id: vaultKeys.id })
  // Somebody else made it at the same moment: theirs counts.
  return made ? { key, version: 1 } : dataKey(tx, scope, ownerId)
}

const ownedBy = (scope: Scope, ownerId: string) =>
  and(eq(vaultKeys.workspaceId, scope.workspaceId), eq(vaultKeys.ownerId, ownerId))

const where = (scope: Scope, { table, column, row }: SecretPlace) => ({
  table,
  column,
  row,
  workspace: scope.workspaceId,
})
