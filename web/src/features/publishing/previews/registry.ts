import type { ComponentType } from 'react'
import type { Connection, Manifest } from '../../../../../contract/networks.ts'
import type { Draft } from '../draft.ts'
import { GenericPreview } from './generic-preview.tsx'
import { PinPreview } from './pin-preview.tsx'

export type PreviewProps = {
  draft: Draft
  device: 'phone' | 'desktop'
  connection: Pick<Connection, 'id' | 'label'>
  manifest: Manifest
}

/** How each network shows a post. One that is not here is shown by what its manifest says. */
const previews: Record<string, ComponentType<PreviewProps>> = {
  pinterest: PinPreview,
}

export const previewOf = (network: string): ComponentType<PreviewProps> =>
  previews[network] ?? GenericPreview
