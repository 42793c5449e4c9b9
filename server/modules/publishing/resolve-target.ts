import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { adapterFor } from '../networks/index.ts'
import { targetToChange } from './access.ts'
import { happened } from './outcomes.ts'
import { presentTarget } from './present.ts'
import { personsNote, sendAgain } from './send-again.ts'
import { findTarget, insertAttempt, ownedElsewhere, resolveTargetRow } from './store-targets.ts'

type Input = { id: string; found: { kind: 'there'; url: string } | { kind: 'not_there' } }

/**
 * A person looked where we could not. “It is there” links it; “it is not there” is their word that
 * it may be sent, and sends it.
 */
export async function resolveTarget(caller: Caller, { id, found }: Input) {
  return caller.tx(async (tx) => {
    const row = await targetToChange(tx, caller, id)
    const { target } = row
    if (target.state !== 'needs_review') {
      throw new AppError('conflict', {
        message: 'Its outcome is known already.',
        fix: 'Look at its page.',
      })
    }
    if (found.kind === 'there') {
      const adapter = adapterFor(target.network)
      const externalId = adapter.externalIdOf(found.url)
      if (!externalId) throw notAnAddress(adapter.manifest.label)
      if ((await ownedElsewhere(tx, target, [externalId])).size > 0) throw ownedByAnother()
      await resolveTargetRow(tx, target, {
        externalId,
        externalUrl: adapter.externalUrl(externalId),
      })
      await insertAttempt(tx, target, personsNote(target, 'A person found it there and linked it.'))
      await record(tx, happened(target, 'target.published'))
    } else {
      await sendAgain(tx, caller, row, 'A person looked: it is not there. It is sent again.')
    }
    return presentTarget(caller, (await findTarget(tx, caller.workspaceId, id)) ?? target)
  })
}

const notAnAddress = (label: string) =>
  new AppError('unprocessable', {
    message: `This is not the address of a post on ${label}.`,
    field: 'found.url',
    fix: 'Open the post there and copy its address.',
  })

const ownedByAnother = () =>
  new AppError('conflict', {
    message: 'That one belongs to another post of yours.',
    field: 'found.url',
    fix: 'Look for the one with the time of this attempt.',
  })
