import type { TargetState } from '../../../../contract/publishing.ts'

/** What each state is called. */
export const stateNames: Record<TargetState, string> = {
  draft: 'Draft',
  in_review: 'In review',
  approved: 'Approved',
  scheduled: 'Scheduled',
  publishing: 'Publishing',
  prepared: 'Publishing: files are up',
  armed: 'Publishing: about to send',
  submitted: 'Publishing: sent',
  confirming: 'Publishing: checking',
  published: 'Published',
  failed: 'Failed',
  needs_review: 'Needs review',
  held: 'Held',
  cancelled: 'Cancelled',
}

export const isTargetState = (value: unknown): value is TargetState =>
  typeof value === 'string' && Object.hasOwn(stateNames, value)
