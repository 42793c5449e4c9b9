import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Grant } from './adapter.ts'
import type { ConsentRow } from './consent-store.ts'
import { sealGrant } from './keep-grant.ts'
import { forgetAccount } from './live-account.ts'
import { adapterOf } from './registry.ts'
import { connectionMade, connectionRestored, connectionRestoredEvent } from './signals.ts'
import {
  type ConnectionRow,
  changeConnection,
  connectionRows,
  databaseNow,
  insertConnection,
  lockConnection,
  lockConnectionOf,
} from './store.ts'

type Consented = { accountId: string; grant: Grant; issuedAt: Date }
type Kept = { connected: string } | { error: 'other_account' }

/**
 * Keeps what a person allowed: on the row of this account if the workspace has one, or on a new one.
 * Who signs in again for a connection must do so as the same account; otherwise nothing changes.
 */
export async function keepConnection(
  scope: Scope,
  consent: ConsentRow,
  consented: Consented,
): Promise<Kept> {
  const kept = await scope.tx((tx) => keep(tx, scope, consent, consented))
  // Somebody connected the same account at this very moment: now its row is there.
  return kept ?? keepConnection(scope, consent, consented)
}

async function keep(
  tx: Tx,
  scope: Scope,
  consent: ConsentRow,
  consented: Consented,
): Promise<Kept | undefined> {
  const { workspaceId } = scope
  const { network, connectionId } = consent
  const { accountId } = consented
  const existing = connectionId
    ? await lockConnection(tx, workspaceId, connectionId)
    : await lockConnectionOf(tx, workspaceId, { network, accountId })
  if (connectionId && existing?.accountId !== accountId) return { error: 'other_account' }
  if (existing) return renew(tx, scope, existing, consent, consented)
  return create(tx, scope, consent, consented)
}

async function renew(
  tx: Tx,
  scope: Scope,
  row: ConnectionRow,
  consent: ConsentRow,
  { grant, issuedAt }: Consented,
): Promise<Kept> {
  const { workspaceId } = scope
  const wasRevoked = row.status === 'revoked'
  await changeConnection(tx, workspaceId, row.id, {
    ...(await sealGrant(tx, scope, row.id, grant, issuedAt)),
    tokenVersion: row.tokenVersion + 1,
    pausedUntil: null,
    connectedBy: consent.userId,
    ...(wasRevoked ? { connectedAt: databaseNow, lastUsedAt: null } : {}),
  })
  await record(tx, {
    workspaceId,
    name: connectionRestoredEvent,
    subject: { kind: 'connection', id: row.id },
  })
  await scope.jobs.send(tx, connectionRestored, { workspaceId, connectionId: row.id })
  forgetAccount(scope, row.id)
  return { connected: row.id }
}

async function create(
  tx: Tx,
  scope: Scope,
  { network, userId }: ConsentRow,
  { accountId, grant, issuedAt }: Consented,
): Promise<Kept | undefined> {
  const { workspaceId } = scope
  const id = newId()
  const made = await insertConnection(tx, {
    workspaceId,
    id,
    network,
    accountId,
    label: await freeLabel(tx, scope, network),
    connectedBy: userId,
    ...(await sealGrant(tx, scope, id, grant, issuedAt)),
  })
  if (!made) return undefined
  await record(tx, { workspaceId, name: connectionMade, subject: { kind: 'connection', id } })
  return { connected: id }
}

/** “Network”, “Network 2”, ...: the account's own name is the network's and not ours to keep. */
async function freeLabel(tx: Tx, { workspaceId }: Scope, network: string): Promise<string> {
  const taken = new Set((await connectionRows(tx, workspaceId)).map(({ label }) => label))
  const { label } = adapterOf(network).manifest
  let number = 1
  const name = () => (number === 1 ? label : `${label} ${number}`)
  while (taken.has(name())) number += 1
  return name()
}
