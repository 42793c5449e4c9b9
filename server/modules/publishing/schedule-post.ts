import type { Finding, When } from '../../../contract/publishing.ts'
import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { workspaceSettings } from '../accounts/index.ts'
import { postToChange } from './access.ts'
import { findingsFor } from './check-post.ts'
import { contentHash } from './content.ts'
import { contentOf } from './load-outgoing.ts'
import { instantOf } from './local-time.ts'
import { happened } from './outcomes.ts'
import { presentPost } from './present.ts'
import { canStillChange, stateOf } from './rules.ts'
import { publishTarget } from './signals.ts'
import { nextFreeSlots } from './slots.ts'
import {
  approveTarget,
  databaseNow,
  lockTargetsOfPost,
  mediaOfPosts,
  putInCalendar,
} from './store-targets.ts'
import type { MediaRow, PostRow, TargetRow } from './types.ts'

type Input = {
  id: string
  version: number
  when: When
  spacingMinutes: number
  acceptWarnings: string[]
}

/**
 * The person's word that this content goes to these targets, then or now: writes an approval a
 * target with the hash of the content, puts them into the calendar, and enqueues them.
 */
export async function schedulePost(caller: Caller, input: Input) {
  return caller.tx(async (tx) => {
    const post = await postToChange(tx, caller, input.id, input.version)
    const all = await lockTargetsOfPost(tx, caller.workspaceId, post.id)
    const targets = all
      .filter((target) => canStillChange(stateOf(target)) || target.state === 'cancelled')
      .sort((a, b) => a.position - b.position)
    if (all.length > 0 && targets.length === 0) {
      throw new AppError('conflict', {
        message: 'It went out already.',
        fix: 'Duplicate the post to publish it again.',
      })
    }
    const media = await mediaOfPosts(tx, caller.workspaceId, [post.id])
    await refuseUnfit(tx, caller, post, media, targets, input.acceptWarnings)

    const { times, notes } = await timesFor(tx, caller, targets, input)
    const content = await contentOf(tx, caller, media)
    for (const [index, target] of targets.entries()) {
      const time = times[index]
      if (!time) throw new Error('A target without a time')
      const approvalId = await approveTarget(
        tx,
        target,
        contentHash(post, content, target),
        caller.personId,
      )
      await putInCalendar(tx, target, { ...time, approvalId })
      await caller.jobs.send(
        tx,
        publishTarget,
        { workspaceId: caller.workspaceId, targetId: target.id },
        time.dueAt,
      )
      await record(tx, happened(target, 'target.scheduled'))
    }
    return { post: await presentPost(tx, caller, post), notes }
  })
}

async function refuseUnfit(
  tx: Tx,
  caller: Caller,
  post: PostRow,
  media: MediaRow[],
  targets: TargetRow[],
  accepted: string[],
): Promise<void> {
  const findings = await findingsFor(tx, caller, {
    ...post,
    postId: post.id,
    media,
    targets: targets.map(({ connectionId, destinationId, destinationChildId }) => ({
      connectionId,
      destination: destinationId ? { id: destinationId, childId: destinationChildId } : null,
    })),
  })
  const blocking = findings.filter(
    (finding) => finding.level === 'error' || !accepted.includes(finding.rule),
  )
  const [first] = [...blocking].sort(errorsFirst)
  if (!first) return
  throw new AppError('unprocessable', {
    message: first.words,
    field: first.field,
    fix: first.fix,
    details: { findings: blocking },
  })
}

const errorsFirst = (a: Finding, b: Finding) => a.level.localeCompare(b.level)

type Time = { dueAt: Date; slotAt: Date | null }

/** When each target goes out, in their order. */
async function timesFor(
  tx: Tx,
  caller: Caller,
  targets: TargetRow[],
  { when, spacingMinutes }: Input,
): Promise<{ times: Time[]; notes: string[] }> {
  const now = await databaseNow(tx)
  if (when.kind === 'queue') return { times: await queueTimes(tx, caller, targets, now), notes: [] }
  const { timeZone } = await workspaceSettings(caller, tx)
  const { at, notes } =
    when.kind === 'now'
      ? { at: now, notes: [] }
      : instantOf(when.local, timeZone, when.repeatedHour)
  if (when.kind === 'at' && at <= now) {
    throw new AppError('unprocessable', {
      message: `${when.local.replace('T', ' ')} has passed in ${timeZone}.`,
      field: 'when.local',
      fix: 'Choose a later time, or publish now.',
    })
  }
  const times = targets.map((_, index) => ({
    dueAt: new Date(at.getTime() + index * spacingMinutes * 60_000),
    slotAt: null,
  }))
  return { times, notes }
}

async function queueTimes(
  tx: Tx,
  caller: Caller,
  targets: TargetRow[],
  now: Date,
): Promise<Time[]> {
  const times: Time[] = []
  const perConnection = new Map<string, Date[]>()
  for (const target of targets) {
    let free = perConnection.get(target.connectionId)
    if (!free) {
      const wanted = targets.filter((one) => one.connectionId === target.connectionId).length
      free = await nextFreeSlots(tx, caller, target.connectionId, now, wanted)
      perConnection.set(target.connectionId, free)
    }
    const slotAt = free.shift()
    if (!slotAt) {
      throw new AppError('unprocessable', {
        message: 'The queue of this connection has no free slot.',
        field: 'when',
        fix: 'Add weekly slots in the settings of the queue, or choose a time.',
      })
    }
    times.push({ dueAt: slotAt, slotAt })
  }
  return times
}
