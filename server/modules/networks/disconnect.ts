import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { destroyKeys } from '../../platform/vault.ts'
import { removeDefaultConnection } from '../accounts/index.ts'
import { type Receipt, type ReceiptLine, writeReceipt } from '../privacy/index.ts'
import { demandConnection } from './access.ts'
import { deleteConsentsFor } from './consent-store.ts'
import { forgetAccount } from './live-account.ts'
import { runDisconnectHooks } from './on-disconnect.ts'
import { adapterOf } from './registry.ts'
import { connectionRevoked } from './signals.ts'
import { type ConnectionRow, changeConnection } from './store.ts'

/**
 * Disconnects an account: what was still to be published stops, tokens and their key are destroyed,
 * all at once or not at all. The receipt says so, and what only the person can do at the network.
 */
export async function disconnect(caller: Caller, { id }: { id: string }): Promise<Receipt> {
  const receipt = await caller.tx(async (tx) => {
    const row = await demandConnection(tx, caller, id, { lock: true })
    if (row.status === 'revoked') throw alreadyDone()
    const stopped = await runDisconnectHooks(tx, caller, id)
    await destroyTokens(tx, caller, row)
    await removeDefaultConnection(tx, caller, id)
    await record(tx, {
      workspaceId: caller.workspaceId,
      name: connectionRevoked,
      subject: { kind: 'connection', id },
    })
    return writeReceipt(tx, caller, {
      kind: 'connection.disconnected',
      subject: row.label,
      subjectId: id,
      lines: [...stopped, ...ownLines(row)],
    })
  })
  forgetAccount(caller, id)
  return receipt
}

async function destroyTokens(tx: Tx, caller: Caller, row: ConnectionRow): Promise<void> {
  await deleteConsentsFor(tx, caller.workspaceId, row.id)
  await destroyKeys(tx, caller, row.id)
  await changeConnection(tx, caller.workspaceId, row.id, {
    status: 'revoked',
    statusReason: null,
    accessToken: null,
    refreshToken: null,
    // An exchange under way must not put its new pair here.
    tokenVersion: row.tokenVersion + 1,
    tokensIssuedAt: null,
    accessExpiresAt: null,
    refreshExpiresAt: null,
    refreshingUntil: null,
    pausedUntil: null,
    defaultDestinationId: null,
    defaultDestinationChildId: null,
    scopes: [],
  })
}

function ownLines({ network }: ConnectionRow): ReceiptLine[] {
  const { label, disconnectWords } = adapterOf(network).manifest
  return [
    {
      what: 'access and refresh token',
      outcome: 'destroyed',
      words:
        'Both were deleted, and so was the key that they were encrypted with: copies in backups cannot be read either.',
    },
    {
      what: 'entry of the connection',
      outcome: 'kept',
      words: 'Its name, and the id of the account: past posts still say where they went.',
    },
    { what: `permission at ${label}`, outcome: 'told', words: disconnectWords },
  ]
}

const alreadyDone = () =>
  new AppError('conflict', {
    message: 'This connection is disconnected already.',
    fix: 'Its receipt is on the page of receipts.',
  })
