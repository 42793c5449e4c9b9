import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './rows.module.css'

/** Rows of a list in one frame, with a line between each two. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" className={classes.rows}>
      {children}
    </Paper>
  )
}
