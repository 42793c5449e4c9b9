import { Text, type TextProps } from '@mantine/core'
import { ago, fullTime } from './time-words.ts'

/** How long ago, or in how long, with the full time on hover. */
export function Ago({ at, ...text }: { at: string } & TextProps) {
  return (
    <Text component="time" dateTime={at} title={fullTime(at)} {...text} inherit={!text.fz}>
      {ago(at, Date.now())}
    </Text>
  )
}
