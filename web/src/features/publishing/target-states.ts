import {
  IconAlertTriangle,
  IconArrowUp,
  IconBan,
  IconCalendarTime,
  IconCheck,
  IconCircleCheck,
  IconEye,
  IconHandStop,
  IconHelpHexagon,
  IconPencil,
  type IconProps,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { TargetState } from '../../../../contract/publishing.ts'

export type StateLook = { colour: string; icon: ComponentType<IconProps> }

const sending: StateLook = { colour: 'blue', icon: IconArrowUp }

/** How each state looks beside its name: an icon and a colour, so that none is told by colour alone. */
export const stateLooks: Record<TargetState, StateLook> = {
  draft: { colour: 'gray', icon: IconPencil },
  in_review: { colour: 'grape', icon: IconEye },
  approved: { colour: 'teal', icon: IconCheck },
  scheduled: { colour: 'indigo', icon: IconCalendarTime },
  publishing: sending,
  prepared: sending,
  armed: sending,
  submitted: sending,
  confirming: sending,
  published: { colour: 'green', icon: IconCircleCheck },
  failed: { colour: 'red', icon: IconAlertTriangle },
  needs_review: { colour: 'orange', icon: IconHelpHexagon },
  held: { colour: 'yellow', icon: IconHandStop },
  cancelled: { colour: 'gray', icon: IconBan },
}

/** States that a person picks in a filter, in the order of a post's life. */
export const filterStates: readonly TargetState[] = [
  'draft',
  'scheduled',
  'publishing',
  'published',
  'failed',
  'needs_review',
  'held',
  'cancelled',
]

/** States in which only the machine acts, and soon: the page shows that it is at work. */
export const isAtWork = (state: TargetState) =>
  state === 'publishing' ||
  state === 'prepared' ||
  state === 'armed' ||
  state === 'submitted' ||
  state === 'confirming'

/** Why a target in this state stays where it is in the calendar, in words. */
export function whyFixed(state: TargetState): string {
  if (state === 'published') return 'It has gone out already.'
  if (isAtWork(state)) return 'It is going out right now.'
  if (state === 'cancelled') return 'It was taken out. Schedule it again from its page.'
  if (state === 'needs_review') return 'Nobody knows yet whether it went out. Open it to say.'
  return 'It can’t be moved now. Open it to see why.'
}
