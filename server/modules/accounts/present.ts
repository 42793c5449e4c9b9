import type { z } from 'zod'
import type { ApiKey, Invitation, Member, Role, Workspace } from '../../../contract/accounts.ts'
import type { Permission } from '../../../contract/base.ts'
import type { ApiKeyRow, InvitationRow, MemberRow, WorkspaceRow } from './store.ts'

export function presentWorkspace(row: WorkspaceRow): Workspace {
  const { id, name, timeZone, weekStart, defaultConnectionId } = row
  return {
    id,
    name,
    timeZone,
    weekStart,
    defaultConnectionId,
    createdAt: row.createdAt.toISOString(),
  }
}

export function presentMember(row: MemberRow): z.output<typeof Member> {
  return { ...row, joinedAt: row.joinedAt.toISOString() }
}

export function presentInvitation(
  row: InvitationRow,
  inviter: string | null,
): z.output<typeof Invitation> {
  return {
    id: row.id,
    email: row.email,
    role: row.role as Role,
    invitedBy: inviter ?? 'Somebody who has left',
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}

export function presentApiKey(row: ApiKeyRow): z.output<typeof ApiKey> {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    permissions: row.permissions as Permission[],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}
