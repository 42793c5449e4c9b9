import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { targetToChange } from './access.ts'
import { happened } from './outcomes.ts'
import { presentTarget } from './present.ts'
import { canStillChange, stateOf } from './rules.ts'
import { cancelTargetRow, findTarget } from './store-targets.ts'

/** Takes a target out of the calendar for good. Works until the irreversible call begins. */
export async function cancelTarget(caller: Caller, { id }: { id: string }) {
  return caller.tx(async (tx) => {
    const { target } = await targetToChange(tx, caller, id)
    if (!canStillChange(stateOf(target))) {
      throw new AppError('conflict', {
        message:
          target.state === 'cancelled'
            ? 'It is cancelled already.'
            : 'It went out, or is going out right now.',
        fix: 'Look at its page to see what became of it.',
      })
    }
    await cancelTargetRow(tx, target, null)
    await record(tx, happened(target, 'target.cancelled'))
    return presentTarget(caller, (await findTarget(tx, caller.workspaceId, id)) ?? target)
  })
}
