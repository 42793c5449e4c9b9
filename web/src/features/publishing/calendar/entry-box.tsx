import { Box } from '@mantine/core'
import type { ScheduleEventData } from '@mantine/schedule'
import { Link } from '@tanstack/react-router'
import type { ComponentPropsWithoutRef } from 'react'
import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { paths } from '../../../app/paths.ts'
import { stateNames } from '../state-names.ts'
import { stateLooks } from '../target-states.ts'
import { localWords, timeOf } from '../zone-time.ts'
import classes from './calendar.module.css'
import { nameOf } from './entry-name.ts'
import { MoveMenu, type MoveProps } from './move-menu.tsx'

type Props = Omit<MoveProps, 'entry'> & {
  workspaceId: string
  event: ScheduleEventData
  /** What the grid says of its place and its dragging. */
  box: ComponentPropsWithoutRef<'button'>
}

const isEntry = (value: unknown): value is CalendarEntry =>
  typeof value === 'object' && value !== null && 'targetId' in value

/** An entry in a grid: drag it, open it, or move it from its menu. */
export function EntryBox({ workspaceId, event, box, ...move }: Props) {
  const entry: unknown = event.payload?.entry
  const {
    children: _children,
    onClick: _onClick,
    tabIndex: _tabIndex,
    title: _title,
    ...place
  } = box
  if (!isEntry(entry)) return <Box {...asDiv(place)} />
  const { colour, icon: Icon } = stateLooks[entry.state]
  const name = nameOf(entry)
  const spoken = `${localWords(entry.dueLocal)}, ${stateNames[entry.state]}: ${name}`
  return (
    <Box
      {...asDiv(place)}
      className={`${place.className ?? ''} ${classes.entry}`}
      style={{ ...place.style, '--entry': `var(--mantine-color-${colour}-6)` }}
    >
      <Link
        to={paths.post(workspaceId, entry.postId)}
        className={classes.entryLink}
        draggable={false}
        title={spoken}
        aria-label={spoken}
      >
        <Icon size={13} className={classes.entryIcon} aria-hidden />
        <span className={classes.entryTime}>{timeOf(entry.dueLocal)}</span>
        <span className={classes.entryName}>{name}</span>
      </Link>
      <MoveMenu {...move} entry={entry} className={classes.entryMove} size="xs" />
    </Box>
  )
}

/** The grid gives the props of a button; this is a box that holds a link and a menu. */
const asDiv = (props: ComponentPropsWithoutRef<'button'>) =>
  props as unknown as ComponentPropsWithoutRef<'div'>
