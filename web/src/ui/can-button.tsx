import { ActionIcon, type ActionIconProps, Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { MouseEvent, ReactElement, ReactNode } from 'react'
import type { Can } from '../../../contract/base.ts'

type Act = {
  /** What the server says: yes, or the reason why not. */
  can: Can
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  type?: 'button' | 'submit'
  children?: ReactNode
  'aria-label'?: string
}

// `disabled` would take the button out of the tab order and its reason with it.
const refused = { 'data-disabled': true, 'aria-disabled': true } as const
const stay = (event: MouseEvent<HTMLButtonElement>) => event.preventDefault()

const withReason = (can: Can, button: ReactElement) =>
  can.ok ? (
    button
  ) : (
    <Tooltip
      label={can.why ?? 'This can’t be done now'}
      events={{ hover: true, focus: true, touch: true }}
    >
      {button}
    </Tooltip>
  )

/** A button that shows why it cannot be used, by hover, focus and touch, rather than hide. */
export function CanButton({ can, onClick, ...props }: Act & ButtonProps) {
  const off = can.ok ? {} : refused
  return withReason(can, <Button {...props} {...off} onClick={can.ok ? onClick : stay} />)
}

/** The same for an icon. */
export function CanIcon({ can, onClick, ...props }: Act & ActionIconProps) {
  const off = can.ok ? {} : refused
  return withReason(can, <ActionIcon {...props} {...off} onClick={can.ok ? onClick : stay} />)
}
