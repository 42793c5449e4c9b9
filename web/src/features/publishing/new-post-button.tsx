import { IconPlus } from '@tabler/icons-react'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/permissions.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { ButtonLink } from '../../ui/links.tsx'

/** Starts a post, or says why this person may not. */
export function NewPostButton({ workspaceId }: { workspaceId: string }) {
  const may = useMay('posts.write')
  const plus = <IconPlus size={16} />
  if (!may.ok) {
    return (
      <CanButton can={may} leftSection={plus}>
        New post
      </CanButton>
    )
  }
  return (
    <ButtonLink to={paths.newPost(workspaceId)} leftSection={plus}>
      New post
    </ButtonLink>
  )
}
