import '@mantine/spotlight/styles.layer.css'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconPencilPlus, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from './paths.ts'
import { useMay } from './permissions.ts'
import { accountPlaces, mainPlaces, settingPlaces } from './places.ts'

type Props = {
  workspaceId: string
  /** Counts how often it was asked for: each time it opens. */
  asked: number
}

/** The command palette: type the name of a page and go there. */
export function Commands({ workspaceId, asked }: Props) {
  const navigate = useNavigate()
  const may = useMay('posts.write')
  useEffect(() => {
    if (asked > 0) spotlight.open()
  }, [asked])
  const write = {
    id: 'New post',
    label: 'New post',
    keywords: ['write', 'create'],
    leftSection: <IconPencilPlus size={20} stroke={1.6} />,
    onClick: () => void navigate({ to: paths.newPost(workspaceId) }),
  }
  const pages = [...mainPlaces, ...settingPlaces, ...accountPlaces].map(
    ({ label, to, icon: Icon, words }) => ({
      id: label,
      label,
      keywords: words,
      leftSection: <Icon size={20} stroke={1.6} />,
      onClick: () => void navigate({ to: to(workspaceId) }),
    }),
  )
  return (
    <Spotlight
      shortcut={null}
      actions={may.ok ? [write, ...pages] : pages}
      nothingFound="No page with this name"
      highlightQuery
      attributes={{ content: { 'aria-label': 'Go to a page' } }}
      searchProps={{
        'aria-label': 'Go to a page',
        placeholder: 'Go to a page',
        leftSection: <IconSearch size={18} stroke={1.6} />,
      }}
    />
  )
}
