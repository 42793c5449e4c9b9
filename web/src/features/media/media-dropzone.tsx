import { Button, Group, Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import type { Asset } from '../../../../contract/media.ts'
import { api } from '../../app/api.ts'
import { showFault } from '../../app/errors.ts'
import { chooserTypes } from './file-words.ts'
import classes from './media.module.css'
import { refreshAssets } from './queries.ts'
import { UploadList } from './upload-list.tsx'
import type { Upload } from './uploads/uploads.ts'
import { uploads, useUploads } from './uploads/use-uploads.ts'
import { usePastedFiles } from './use-pasted-files.ts'

export type MediaDropzoneProps = {
  workspaceId: string
  /** Who waits for the files, such as the id of a post. Files for others are not shown. */
  purpose: string | null
  /** Asked before the first file is taken; may make what the files are for. */
  purposeForNew: () => Promise<string | null>
  /** A file has arrived. It may still be prepared. */
  onArrive: (asset: Asset) => void
  words: string
  children?: ReactNode
}

/** A place to drop, paste or choose files for one purpose, with the progress of each. */
export function MediaDropzone(props: MediaDropzoneProps) {
  const { workspaceId, purpose, purposeForNew, words, children } = props
  const openChooser = useRef<() => void>(null)
  const mine = useUploads(workspaceId).filter((one) => one.purpose === purpose && purpose !== null)
  useArrivals(props)
  const take = async (files: File[]) => {
    const target = await purposeForNew()
    if (target !== null) uploads.add(workspaceId, files, target)
  }
  usePastedFiles((files) => void take(files))
  return (
    <Stack gap="sm">
      <Dropzone
        className={classes.drop}
        openRef={openChooser}
        activateOnClick={false}
        activateOnKeyboard={false}
        tabIndex={-1}
        enablePointerEvents
        inputProps={{ accept: chooserTypes, 'aria-label': words }}
        onDrop={(files) => void take(files)}
        p="md"
      >
        <Group justify="center" gap="sm">
          <Text size="sm" c="dimmed">
            {words}
          </Text>
          <Button
            variant="light"
            size="sm"
            leftSection={<IconUpload size={16} />}
            onClick={() => openChooser.current?.()}
          >
            Upload
          </Button>
          {children}
        </Group>
      </Dropzone>
      <UploadList list={mine.filter((one) => one.state !== 'sent')} />
    </Stack>
  )
}

const isUnderWay = ({ state }: Upload) => state === 'waiting' || state === 'sending'

/** Hands over each file that arrived for the purpose, once, in the order in which they were chosen. */
function useArrivals({ workspaceId, purpose, onArrive }: MediaDropzoneProps) {
  const queries = useQueryClient()
  const handed = useRef(new Set<string>())
  const last = useRef(Promise.resolve())
  const all = useUploads(workspaceId)
  const hand = useEffectEvent(async (id: string, assetId: string) => {
    try {
      onArrive(await api.media.asset({ id: assetId }))
      void uploads.cancel(id)
      void refreshAssets(queries)
    } catch (error) {
      handed.current.delete(id)
      showFault(error)
    }
  })
  useEffect(() => {
    if (purpose === null) return
    for (const one of all.filter((each) => each.purpose === purpose)) {
      const { id, state, assetId } = one
      if (isUnderWay(one)) return
      if (state !== 'sent' || !assetId || handed.current.has(id)) continue
      handed.current.add(id)
      last.current = last.current.then(() => hand(id, assetId))
    }
  }, [all, purpose])
}
