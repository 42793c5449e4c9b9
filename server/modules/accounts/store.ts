import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Role } from '../../../contract/accounts.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { apiKeys, invitations, memberships, users, workspaces } from './tables.ts'

export type WorkspaceRow = typeof workspaces.$inferSelect
export type InvitationRow = typeof invitations.$inferSelect
export type ApiKeyRow = typeof apiKeys.$inferSelect
export type MemberRow = {
  id: string
  personId: string
  name: string
  email: string
  role: Role
  joinedAt: Date
}

export async function insertWorkspace(
  tx: Tx,
  values: Pick<WorkspaceRow, 'id' | 'name' | 'timeZone' | 'weekStart'> & { sample?: boolean },
): Promise<WorkspaceRow> {
  const [row] = await tx.insert(workspaces).values(values).returning()
  return only(row)
}

export async function selectWorkspace(tx: Tx, id: string): Promise<WorkspaceRow> {
  const [row] = await tx.select().from(workspaces).where(eq(workspaces.id, id))
  return only(row)
}

export async function updateWorkspaceRow(
  tx: Tx,
  id: string,
  values: Partial<Pick<WorkspaceRow, 'name' | 'timeZone' | 'weekStart' | 'defaultConnectionId'>>,
): Promise<WorkspaceRow> {
  if (Object.keys(values).length === 0) return selectWorkspace(tx, id)
  const [row] = await tx.update(workspaces).set(values).where(eq(workspaces.id, id)).returning()
  return only(row)
}

/** Forgets the default connection, if it is this one. */
export async function clearDefaultConnection(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
): Promise<boolean> {
  const rows = await tx
    .update(workspaces)
    .set({ defaultConnectionId: null })
    .where(and(eq(workspaces.id, workspaceId), eq(workspaces.defaultConnectionId, connectionId)))
    .returning({ id: workspaces.id })
  return rows.length > 0
}

/** A person's workspaces, oldest membership first. Run it in `database.person`. */
export async function selectWorkspacesOf(tx: Tx, personId: string) {
  const rows = await tx
    .select({
      id: workspaces.id,
      name: workspaces.name,
      role: memberships.role,
      timeZone: workspaces.timeZone,
      weekStart: workspaces.weekStart,
    })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(eq(memberships.userId, personId))
    .orderBy(memberships.joinedAt, memberships.id)
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

export async function selectPerson(tx: Tx, personId: string) {
  const [row] = await tx
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      emailVerified: users.emailVerified,
    })
    .from(users)
    .where(eq(users.id, personId))
  return row
}

export async function selectNames(
  tx: Tx,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...new Set(personIds)]))
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** A person whose e-mail address is taken as proven. @returns the id, also of one who was there. */
export async function upsertPerson(
  tx: Tx,
  person: { name: string; email: string },
): Promise<string> {
  const [row] = await tx
    .insert(users)
    .values({ id: newId(), ...person, emailVerified: true })
    .onConflictDoUpdate({ target: users.email, set: { updatedAt: sql`app.now()` } })
    .returning({ id: users.id })
  return only(row).id
}

const memberColumns = {
  id: memberships.id,
  personId: memberships.userId,
  name: users.name,
  email: users.email,
  role: memberships.role,
  joinedAt: memberships.joinedAt,
}

export async function selectMembers(tx: Tx, workspaceId: string): Promise<MemberRow[]> {
  const rows = await tx
    .select(memberColumns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.workspaceId, workspaceId))
    .orderBy(memberships.joinedAt, memberships.id)
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

/** All members, locked until the transaction ends, so that nobody else changes a role meanwhile. */
export async function lockMembers(tx: Tx, workspaceId: string): Promise<MemberRow[]> {
  await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(eq(memberships.workspaceId, workspaceId))
    .orderBy(memberships.id)
    .for('update')
  return selectMembers(tx, workspaceId)
}

export async function selectRole(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<Role | undefined> {
  const [row] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, personId)))
  return row?.role as Role | undefined
}

/** @returns false when the person belongs to the workspace already. */
export async function insertMember(
  tx: Tx,
  member: { workspaceId: string; id: string; personId: string; role: Role },
): Promise<boolean> {
  const rows = await tx
    .insert(memberships)
    .values({
      workspaceId: member.workspaceId,
      id: member.id,
      userId: member.personId,
      role: member.role,
    })
    .onConflictDoNothing({ target: [memberships.workspaceId, memberships.userId] })
    .returning({ id: memberships.id })
  return rows.length > 0
}

const thatMember = (workspaceId: string, id: string) =>
  and(eq(memberships.workspaceId, workspaceId), eq(memberships.id, id))

export async function updateRole(
  tx: Tx,
  workspaceId: string,
  id: string,
  role: Role,
): Promise<void> {
  await tx.update(memberships).set({ role }).where(thatMember(workspaceId, id))
}

export async function deleteMember(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.delete(memberships).where(thatMember(workspaceId, id))
}

export async function emailsByRole(
  tx: Tx,
  workspaceId: string,
  roles: readonly Role[],
): Promise<{ personId: string; name: string; email: string }[]> {
  return tx
    .select({ personId: users.id, name: users.name, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        inArray(memberships.role, [...roles]),
        eq(users.emailVerified, true),
      ),
    )
    .orderBy(memberships.joinedAt)
}

/** Invitations that can still be accepted, newest first, with the name of who invited. */
export async function selectInvitations(tx: Tx, workspaceId: string, id?: string) {
  return tx
    .select({ invitation: invitations, inviter: users.name })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        gt(invitations.expiresAt, sql`app.now()`),
        id === undefined ? undefined : eq(invitations.id, id),
      ),
    )
    .orderBy(desc(invitations.id))
}

/** @param values of the new one. One that names the same address is gone before. */
export async function replaceInvitation(
  tx: Tx,
  values: Pick<InvitationRow, 'workspaceId' | 'id' | 'email' | 'role' | 'invitedBy'> & {
    days: number
  },
): Promise<{ made: InvitationRow; replaced: string | undefined }> {
  const { days, ...row } = values
  const [before] = await tx
    .delete(invitations)
    .where(and(eq(invitations.workspaceId, row.workspaceId), eq(invitations.email, row.email)))
    .returning({ id: invitations.id })
  const [made] = await tx
    .insert(invitations)
    .values({ ...row, expiresAt: sql`app.now() + make_interval(days => ${days})` })
    .returning()
  return { made: only(made), replaced: before?.id }
}

/** @returns whether it was there: of two at once, one gets it. */
export async function deleteInvitation(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id)))
    .returning({ id: invitations.id })
  return rows.length > 0
}

export async function selectApiKeys(tx: Tx, workspaceId: string): Promise<ApiKeyRow[]> {
  return tx
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.workspaceId, workspaceId))
    .orderBy(desc(apiKeys.id))
    .limit(1000)
}

export async function insertApiKey(
  tx: Tx,
  values: Pick<ApiKeyRow, 'workspaceId' | 'id' | 'name' | 'start' | 'permissions' | 'createdBy'> & {
    days: number | null
  },
): Promise<ApiKeyRow> {
  const { days, ...row } = values
  const expiresAt = days === null ? null : sql`app.now() + make_interval(days => ${days})`
  const [made] = await tx
    .insert(apiKeys)
    .values({ ...row, expiresAt })
    .returning()
  return only(made)
}

export async function deleteApiKey(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(apiKeys)
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id)))
    .returning({ id: apiKeys.id })
  return rows.length > 0
}

/** A key that still holds, with the role that its maker has now. */
export async function selectLiveKey(tx: Tx, workspaceId: string, id: string) {
  const [row] = await tx
    .select({
      id: apiKeys.id,
      permissions: apiKeys.permissions,
      createdBy: apiKeys.createdBy,
      makerRole: memberships.role,
      unused: sql<boolean>`coalesce(${apiKeys.lastUsedAt} < app.now() - interval '1 minute', true)`,
    })
    .from(apiKeys)
    .innerJoin(
      memberships,
      and(
        eq(memberships.workspaceId, apiKeys.workspaceId),
        eq(memberships.userId, apiKeys.createdBy),
      ),
    )
    .where(
      and(
        eq(apiKeys.workspaceId, workspaceId),
        eq(apiKeys.id, id),
        sql`coalesce(${apiKeys.expiresAt} > app.now(), true)`,
      ),
    )
  return row && { ...row, makerRole: row.makerRole as Role }
}

export async function touchApiKey(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .update(apiKeys)
    .set({ lastUsedAt: sql`app.now()` })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id)))
}

function only<Row>(row: Row | undefined): Row {
  if (!row) throw new Error('A row that must be there is not')
  return row
}

/** Ids of workspaces, in order, a page at a time: by their members, which can be read from anywhere. */
export async function selectWorkspaceIds(tx: Tx, after: string | undefined): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: memberships.workspaceId })
    .from(memberships)
    .where(after === undefined ? undefined : gt(memberships.workspaceId, after))
    .orderBy(memberships.workspaceId)
    .limit(1000)
  return rows.map((row) => row.id)
}
