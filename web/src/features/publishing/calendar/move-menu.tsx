import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconCalendarTime,
  IconChevronLeft,
  IconChevronRight,
  IconChevronsRight,
  IconDotsVertical,
  IconLock,
} from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { whyFixed } from '../target-states.ts'
import { addDays, dayOf, localOf } from '../zone-time.ts'
import { nameOf } from './entry-name.ts'
import type { Destiny } from './use-calendar.ts'

/** Choosing a time takes a calendar of its own, which a page of entries seldom needs. */
const ScheduleModal = lazy(async () => ({
  default: (await import('../composer/schedule-modal.tsx')).ScheduleModal,
}))

export type MoveProps = {
  entry: CalendarEntry
  zone: string
  weekStart: number
  /** Why this person moves nothing here, or null. */
  refusal: string | null
  onMove: (entry: CalendarEntry, to: Destiny) => void
}

type Props = MoveProps & { className?: string; size?: 'xs' | 'md' }

/** Moves an entry without a mouse: a day, a week, or to a time that one chooses. */
export function MoveMenu({
  entry,
  zone,
  weekStart,
  refusal,
  onMove,
  className,
  size = 'md',
}: Props) {
  const [choosing, choose] = useDisclosure()
  const name = nameOf(entry)
  const why = refusal ?? (entry.canReschedule ? null : whyFixed(entry.state))
  const day = dayOf(entry.dueLocal)
  const today = dayOf(localOf(new Date(), zone))
  const to = (by: number) => onMove(entry, { day: addDays(day, by) })
  if (why) {
    return (
      <Tooltip label={why}>
        <ActionIcon
          className={className}
          size={size}
          variant="subtle"
          color="gray"
          aria-label={`${name} can’t be moved: ${why}`}
          aria-disabled
        >
          <IconLock size={14} />
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={className}
            size={size}
            variant="subtle"
            color="gray"
            aria-label={`Move ${name}`}
          >
            <IconDotsVertical size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Move</Menu.Label>
          <Menu.Item
            leftSection={<IconChevronLeft size={16} />}
            disabled={day <= today}
            onClick={() => to(-1)}
          >
            A day earlier
          </Menu.Item>
          <Menu.Item leftSection={<IconChevronRight size={16} />} onClick={() => to(1)}>
            A day later
          </Menu.Item>
          <Menu.Item leftSection={<IconChevronsRight size={16} />} onClick={() => to(7)}>
            A week later
          </Menu.Item>
          <Menu.Item leftSection={<IconCalendarTime size={16} />} onClick={choose.open}>
            To another time
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing ? (
        <Suspense>
          <ScheduleModal
            opened={choosing}
            title={`Move ${name}`}
            confirm="Move"
            zone={zone}
            weekStart={weekStart}
            initial={entry.dueLocal}
            isSending={false}
            onClose={choose.close}
            onChoose={(choice) => {
              onMove(entry, choice)
              choose.close()
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
