import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { targetToChange } from './access.ts'
import { canRetry, presentTarget } from './present.ts'
import { sendAgain } from './send-again.ts'
import { findTarget } from './store-targets.ts'

/** Sends again, now, what surely did not go out. The act approves what the post says now. */
export async function retryTarget(caller: Caller, { id }: { id: string }) {
  return caller.tx(async (tx) => {
    const found = await targetToChange(tx, caller, id)
    const { target } = found
    if (!canRetry(target)) {
      throw new AppError('conflict', {
        message: 'Only what surely did not go out can be tried again.',
        fix:
          target.state === 'needs_review'
            ? 'Look whether it is there, and tell us.'
            : 'Look at its page.',
      })
    }
    await sendAgain(tx, caller, found, 'A person asked to try again.')
    return presentTarget(caller, (await findTarget(tx, caller.workspaceId, id)) ?? target)
  })
}
