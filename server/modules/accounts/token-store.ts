import { and, eq, sql } from 'drizzle-orm'
import { hashToken } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/database.ts'
import { publicTokens } from './tables.ts'

/*
 * Tokens that find their workspace. The table is global: whoever shows a token names no workspace.
 * It holds hashes only.
 */

export type TokenKind = 'invitation' | 'api_key'
export type Found = { workspaceId: string; subjectId: string }

/** What a token stands for, if it is of this kind and still holds. */
export async function findToken(
  tx: Tx,
  kind: TokenKind,
  token: string,
): Promise<Found | undefined> {
  const [row] = await tx
    .select({ workspaceId: publicTokens.workspaceId, subjectId: publicTokens.subjectId })
    .from(publicTokens)
    .where(
      and(
        eq(publicTokens.tokenHash, hashToken(token)),
        eq(publicTokens.kind, kind),
        sql`coalesce(${publicTokens.expiresAt} > app.now(), true)`,
      ),
    )
  return row
}

/** Makes this the one token of its subject. */
export async function saveToken(
  tx: Tx,
  token: string,
  about: Found & { kind: TokenKind; expiresAt: Date | null },
): Promise<void> {
  await dropTokens(tx, about)
  await tx.insert(publicTokens).values({ tokenHash: hashToken(token), ...about })
}

export async function dropTokens(tx: Tx, { workspaceId, subjectId }: Found): Promise<void> {
  await tx
    .delete(publicTokens)
    .where(and(eq(publicTokens.workspaceId, workspaceId), eq(publicTokens.subjectId, subjectId)))
}
