import { Group, Text } from '@mantine/core'

/** The mark and the name. The mark is decoration: the name beside it says it. */
export function Brand({ size = 28 }: { size?: number }) {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/avow.svg" alt="" width={size} height={size} />
      <Text fw={700} fz={size * 0.68} lts="-0.02em" component="span">
        Avow
      </Text>
    </Group>
  )
}
