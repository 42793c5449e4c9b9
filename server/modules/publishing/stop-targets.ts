import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import type { ReceiptLine } from '../privacy/index.ts'
import { happened } from './outcomes.ts'
import { beforeTheCall, outcomeUnknown } from './rules.ts'
import { cancelTargetRow, lockTargetsOfConnection } from './store-targets.ts'

/**
 * Stops everything that a connection was still to publish, in the transaction that disconnects it.
 * What is being sent at this moment cannot be called back; its result is still recorded.
 */
export async function stopTargets(
  tx: Tx,
  scope: Scope,
  connectionId: string,
): Promise<ReceiptLine[]> {
  const waiting = await lockTargetsOfConnection(tx, scope.workspaceId, connectionId, [
    'in_review',
    'approved',
    'scheduled',
    'held',
    ...beforeTheCall,
  ])
  for (const target of waiting) {
    await cancelTargetRow(tx, target, 'disconnected: Its connection was disconnected.')
    await record(tx, happened(target, 'target.cancelled'))
  }
  const underWay = await lockTargetsOfConnection(tx, scope.workspaceId, connectionId, [
    ...outcomeUnknown,
  ])
  const lines: ReceiptLine[] = [
    {
      what: 'scheduled posts',
      outcome: 'stopped',
      words:
        waiting.length === 0
          ? 'There were none.'
          : `${waiting.length} were taken out of the calendar.`,
    },
  ]
  if (underWay.length > 0) {
    lines.push({
      what: 'posts being sent',
      outcome: 'told',
      words: `${underWay.length} were being sent at that moment. What became of them stands on their pages.`,
    })
  }
  return lines
}
