import { type Platform, scopeOf } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { happened } from './outcomes.ts'
import { publishTarget } from './signals.ts'
import { lockTargetsOfConnection, putInCalendar } from './store-targets.ts'

/** Puts back what was held because its connection needed a sign-in. Too late ones are held again. */
export async function resumeTargets(
  platform: Platform,
  { workspaceId, connectionId }: { workspaceId: string; connectionId: string },
): Promise<void> {
  const scope = scopeOf(platform, workspaceId)
  await scope.tx(async (tx) => {
    const held = await lockTargetsOfConnection(tx, workspaceId, connectionId, ['held'])
    for (const target of held) {
      if (!target.dueAt || !target.reason?.startsWith('sign_in:')) continue
      await putInCalendar(tx, target, { dueAt: target.dueAt, slotAt: target.slotAt })
      await scope.jobs.send(tx, publishTarget, { workspaceId, targetId: target.id }, target.dueAt)
      await record(tx, happened(target, 'target.scheduled'))
    }
  })
}
