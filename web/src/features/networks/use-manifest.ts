import { useSuspenseQuery } from '@tanstack/react-query'
import type { Manifest } from '../../../../contract/networks.ts'
import { query } from '../../app/api.ts'

/** What a network takes and how it is called; null for one that this server no longer has. */
export function useManifest(network: string): Manifest | null {
  const { data } = useSuspenseQuery(query.networks.networks.queryOptions())
  return data.items.find((manifest) => manifest.network === network) ?? null
}
