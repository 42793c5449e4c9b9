import { Container, Stack, Text, Title } from '@mantine/core'
import { paths } from '../../app/paths.ts'
import { Brand } from '../../ui/brand.tsx'
import { ButtonLink } from '../../ui/links.tsx'

export function StartPage() {
  return (
    <Container size="sm" py="xl">
      <Stack>
        <Brand />
        <Title>Say it once. It goes out once.</Title>
        <Text>Write posts, see them in a calendar, and trust that each goes out once.</Text>
        <ButtonLink to={paths.signUp()}>Create account</ButtonLink>
      </Stack>
    </Container>
  )
}
