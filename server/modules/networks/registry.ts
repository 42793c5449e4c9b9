import type { Config, OAuthClient } from '../../platform/config.ts'
import { AppError } from '../../platform/errors.ts'
import type { Recipient } from '../../platform/recipients.ts'
import type { Adapter, OAuthApp } from './adapter.ts'
import { pinterest } from './adapters/pinterest/index.ts'

/** One line a network. */
const known: readonly { adapter: Adapter; client(config: Config): OAuthClient | undefined }[] = [
  { adapter: pinterest, client: (config) => config.pinterest },
]

/** The adapters that this instance has credentials for. */
export function adapters(config: Config): Adapter[] {
  return known.filter((one) => one.client(config) !== undefined).map(({ adapter }) => adapter)
}

/** Also of a network that is no longer set up here. @throws AppError not_found */
export function adapterOf(network: string): Adapter {
  const found = known.find(({ adapter }) => adapter.manifest.network === network)
  if (found) return found.adapter
  throw new AppError('not_found', { message: 'There is no such network.', field: 'network' })
}

/** Whether this instance has credentials for it. */
export const isSetUp = (config: Config, network: string): boolean =>
  adapters(config).some(({ manifest }) => manifest.network === network)

/** The app as the network knows it. @throws AppError not_found when it is not set up here. */
export function oauthApp(config: Config, network: string): OAuthApp {
  const found = known.find(({ adapter }) => adapter.manifest.network === network)
  const client = found?.client(config)
  if (client) return { ...client, redirectUri: `${config.url}/oauth/${network}/callback` }
  throw new AppError('not_found', {
    message: 'This network is not set up here.',
    field: 'network',
    fix: 'Choose one of the networks on the connections page, or ask the operator to set it up.',
  })
}

/** Who receives what is published, and the only hosts that egress opens for it. */
export function networkRecipients(config: Config): Recipient[] {
  return adapters(config).map(({ manifest, hosts }) => ({
    processor: manifest.network,
    words: `${manifest.label} receives what you publish there, and shows us the account that you connect`,
    hosts,
    group: 'networks',
  }))
}
