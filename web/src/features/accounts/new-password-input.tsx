import { Group, PasswordInput, type PasswordInputProps, Progress, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { type Strength, strengthOf } from './password-strength.ts'

const colours: Record<Strength['score'], string> = {
  0: 'gray',
  1: 'red',
  2: 'yellow',
  3: 'avow',
  4: 'avow',
}

type Props = PasswordInputProps & {
  /** What has been typed so far. */
  typed: string
  personal?: string[]
}

/** A field for a new password, with a hint on how strong it is. */
export function NewPasswordInput({ typed, personal, ...input }: Props) {
  const hint = useId()
  const strength = strengthOf(typed, personal)
  return (
    <Stack gap={6}>
      <PasswordInput
        autoComplete="new-password"
        required
        withAsterisk={false}
        aria-describedby={hint}
        {...input}
      />
      <Group gap="sm" wrap="nowrap" align="center">
        <Progress
          value={strength.score * 25}
          color={colours[strength.score]}
          size={4}
          w={96}
          aria-hidden
        />
        <Text id={hint} fz="xs" c="dimmed" aria-live="polite">
          {strength.words}
        </Text>
      </Group>
    </Stack>
  )
}
