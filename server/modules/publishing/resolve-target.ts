import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { adapterFor } from '../networks/index.ts'
import { targetToChange } from './access.ts'
import { contentHash } from './content.ts'
import { contentOf } from './load-outgoing.ts'
import { happened } from './outcomes.ts'
import { presentTarget } from './present.ts'
import { publishTarget } from './signals.ts'
import {
  approveTarget,
  findTarget,
  insertAttempt,
  mediaOfPosts,
  ownedElsewhere,
  putInCalendar,
  resolveTargetRow,
} from './store-targets.ts'

type Input = { id: string; found: { kind: 'there'; url: string } | { kind: 'not_there' } }

/**
 * A person looked where we could not. “It is there” links it; “it is not there” is their word that
 * it may be sent, and sends it.
 */
export async function resolveTarget(caller: Caller, { id, found }: Input) {
  return caller.tx(async (tx) => {
    const { workspaceId } = caller
    const { target, post, now } = await targetToChange(tx, caller, id)
    if (target.state !== 'needs_review') {
      throw new AppError('conflict', {
        message: 'Its outcome is known already.',
        fix: 'Look at its page.',
      })
    }
    const note = {
      number: target.failures + target.resubmits + 1,
      phase: 'person',
      outcome: 'noted',
    } as const
    if (found.kind === 'there') {
      const adapter = adapterFor(target.network)
      const externalId = adapter.externalIdOf(found.url)
      if (!externalId) throw notAnAddress(adapter.manifest.label)
      if ((await ownedElsewhere(tx, target, [externalId])).size > 0) throw ownedByAnother()
      await resolveTargetRow(tx, target, {
        externalId,
        externalUrl: adapter.externalUrl(externalId),
      })
      await insertAttempt(tx, target, { ...note, words: 'A person found it there and linked it.' })
      await record(tx, happened(target, 'target.published'))
    } else {
      const media = await mediaOfPosts(tx, workspaceId, [post.id])
      const hash = contentHash(post, await contentOf(tx, caller, media), target)
      const approvalId = await approveTarget(tx, target, hash, caller.personId)
      await insertAttempt(tx, target, {
        ...note,
        words: 'A person looked: it is not there. It is sent again.',
      })
      await putInCalendar(tx, target, { dueAt: now, slotAt: null, approvalId })
      await caller.jobs.send(tx, publishTarget, { workspaceId, targetId: id })
      await record(tx, happened(target, 'target.scheduled'))
    }
    return presentTarget(caller, (await findTarget(tx, workspaceId, id)) ?? target)
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
