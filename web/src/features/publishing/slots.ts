import type { ComponentType, ReactNode } from 'react'
import type { Asset } from '../../../../contract/media.ts'

/** Parts of the library that the editor shows. `app/` passes them in: features know no other. */
export type MediaSlots = {
  /** Chooses files of the library, in order. */
  Picker: ComponentType<{
    opened: boolean
    onClose: () => void
    onPick: (assets: Asset[]) => void
    max: number
    kind?: 'image' | 'video'
    title?: string
  }>
  /** A place to drop, paste or choose files, with the progress of each. */
  Dropzone: ComponentType<{
    workspaceId: string
    purpose: string | null
    purposeForNew: () => Promise<string | null>
    onArrive: (asset: Asset) => void
    words: string
    children?: ReactNode
  }>
}
