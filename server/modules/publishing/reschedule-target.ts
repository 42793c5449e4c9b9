import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { workspaceSettings } from '../accounts/index.ts'
import { targetToChange } from './access.ts'
import { instantOf, moveToDay } from './local-time.ts'
import { happened } from './outcomes.ts'
import { canReschedule, presentTarget } from './present.ts'
import { stateOf } from './rules.ts'
import { publishTarget } from './signals.ts'
import { findTarget, putInCalendar } from './store-targets.ts'

type To = { day: string } | { local: string; repeatedHour: 'first' | 'second' }

/** Moves a target to another time. Its approval stays: the content is the same. */
export async function rescheduleTarget(caller: Caller, { id, to }: { id: string; to: To }) {
  return caller.tx(async (tx) => {
    const { target, now } = await targetToChange(tx, caller, id)
    if (!target.dueAt || !target.approvalId || !canReschedule(stateOf(target))) {
      throw new AppError('conflict', {
        message: target.dueAt ? 'It went out, or is going out now.' : 'It is not in the calendar.',
        fix: target.dueAt ? 'Duplicate the post to publish it again.' : 'Schedule the post.',
      })
    }
    const { timeZone } = await workspaceSettings(caller, tx)
    const { at, notes } =
      'day' in to
        ? moveToDay(target.dueAt, to.day, timeZone)
        : instantOf(to.local, timeZone, to.repeatedHour)
    if (at <= now) {
      throw new AppError('unprocessable', {
        message: 'That time has passed.',
        field: 'to',
        fix: 'Choose a later time, or publish now.',
      })
    }
    await putInCalendar(tx, target, { dueAt: at, slotAt: null })
    await caller.jobs.send(tx, publishTarget, { workspaceId: caller.workspaceId, targetId: id }, at)
    await record(tx, happened(target, 'target.scheduled'))
    const moved = await findTarget(tx, caller.workspaceId, id)
    return { target: presentTarget(caller, moved ?? target), notes }
  })
}
