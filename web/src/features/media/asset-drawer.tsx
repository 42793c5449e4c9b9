import { Alert, Drawer, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Asset } from '../../../../contract/media.ts'
import { api } from '../../app/api.ts'
import { placeFault, showFault } from '../../app/errors.ts'
import { useMay } from '../../app/permissions.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { assetWords } from './file-words.ts'
import classes from './media.module.css'
import { refreshAssets } from './queries.ts'

/** One file: what it shows, its name, its description, and deleting it. */
export function AssetDrawer({ asset, onClose }: { asset: Asset | null; onClose: () => void }) {
  return (
    <Drawer
      opened={asset !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={asset?.kind === 'video' ? 'Video' : 'Image'}
    >
      {asset ? (
        <Stack>
          <Preview asset={asset} />
          <Text size="sm" c="dimmed">
            {assetWords(asset)}
          </Text>
          {asset.state === 'refused' ? <Refusal asset={asset} /> : null}
          <Details key={asset.id} asset={asset} onSaved={onClose} />
          <Delete asset={asset} onDeleted={onClose} />
        </Stack>
      ) : null}
    </Drawer>
  )
}

const Refusal = ({ asset }: { asset: Asset }) => (
  <Alert color="red" title="This file was refused">
    {asset.refusal}
  </Alert>
)

function Preview({ asset }: { asset: Asset }) {
  if (asset.videoUrl) {
    return (
      // Posts carry no captions of their own: the networks add theirs.
      // biome-ignore lint/a11y/useMediaCaption: the file is what the person uploaded
      <video
        className={classes.preview}
        src={asset.videoUrl}
        poster={asset.previewUrl ?? undefined}
        controls
        preload="metadata"
        aria-label={asset.altText || asset.name}
      />
    )
  }
  if (!asset.previewUrl) return null
  return (
    <img
      className={classes.preview}
      src={asset.previewUrl}
      alt={asset.altText || asset.name}
      width={asset.width ?? undefined}
      height={asset.height ?? undefined}
      style={{ height: 'auto' }}
    />
  )
}

function Details({ asset, onSaved }: { asset: Asset; onSaved: () => void }) {
  const queries = useQueryClient()
  const may = useMay('media.write')
  const form = useForm({ initialValues: { name: asset.name, altText: asset.altText } })
  const save = useMutation({
    mutationFn: (values: { name: string; altText: string }) =>
      api.media.updateAsset({ id: asset.id, ...values }),
    onSuccess: async () => {
      await refreshAssets(queries)
      onSaved()
    },
    onError: (error) => placeFault(error, form),
  })
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <TextInput label="Name" maxLength={200} required {...form.getInputProps('name')} />
        <Textarea
          label="Alt text"
          description="What it shows, for people who can’t see it. New posts start with it."
          autosize
          minRows={2}
          maxRows={6}
          maxLength={500}
          {...form.getInputProps('altText')}
        />
        <Group justify="flex-end">
          <CanButton can={may} type="submit" loading={save.isPending}>
            Save
          </CanButton>
        </Group>
      </Stack>
    </form>
  )
}

function Delete({ asset, onDeleted }: { asset: Asset; onDeleted: () => void }) {
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.media.deleteAsset({ id: asset.id }),
    onSuccess: async () => {
      notifications.show({ message: `${asset.name} is deleted.` })
      onDeleted()
      await refreshAssets(queries)
    },
    onError: showFault,
  })
  const ask = () =>
    modals.openConfirmModal({
      title: 'Delete this file?',
      children: <Text size="sm">{asset.name} is gone for good, with all sizes made of it.</Text>,
      labels: { confirm: 'Delete', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  return (
    <CanButton
      can={asset.can.delete}
      variant="subtle"
      color="red"
      leftSection={<IconTrash size={16} />}
      loading={remove.isPending}
      onClick={ask}
    >
      Delete
    </CanButton>
  )
}
