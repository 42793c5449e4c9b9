import { useMutation } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { showFault } from '../../app/errors.ts'
import { paths } from '../../app/paths.ts'

/** Starts to connect an account: leaves for the network's own page, which leads back here. */
export function useConnect(workspaceId: string) {
  return useMutation({
    mutationFn: (wanted: { network: string; connectionId?: string }) =>
      api.networks.connect({ ...wanted, returnTo: paths.connections(workspaceId) }),
    onSuccess: ({ authorizeUrl }) => location.assign(authorizeUrl),
    onError: showFault,
  })
}
