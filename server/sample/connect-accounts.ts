import { finishConsent } from '../modules/networks/index.ts'
import type { Identity } from '../platform/api.ts'
import type { Scope } from '../platform/context.ts'
import type { OwnApi } from './own-api.ts'

/** The processor under which egress lets this folder press Allow; in the sandbox only. */
export const sampleProcessor = 'sample'

export type Connected = { connectionId: string; account: string; boards: Map<string, string> }

/** Connects every account that the sandbox offers, on the way that a person goes, up to `count`. */
export async function connectAccounts(
  scope: Scope,
  api: OwnApi,
  owner: Identity,
  count: number,
): Promise<Connected[]> {
  const before = await api.networks.connections()
  if (before.items.length < count) await consentToAll(scope, api, owner, count)
  const { items } = await api.networks.connections()
  return Promise.all(
    items.map(async ({ id, label }) => {
      const { name } = await api.networks.profile({ id })
      const boards = await api.networks.destinations({ id })
      const [first] = boards.items
      if (label !== name) {
        const defaultDestination = first ? { id: first.id, childId: null } : null
        await api.networks.updateConnection({ id, label: name, defaultDestination })
      }
      const byName = new Map(boards.items.map((board) => [board.name, board.id]))
      return { connectionId: id, account: name, boards: byName }
    }),
  )
}

async function consentToAll(scope: Scope, api: OwnApi, owner: Identity, count: number) {
  const [manifest] = (await api.networks.networks()).items
  if (!manifest) return
  const { network } = manifest
  const begin = async () => {
    const returnTo = `/w/${scope.workspaceId}/connections`
    const { authorizeUrl } = await api.networks.connect({ network, returnTo })
    return realUrl(scope, authorizeUrl)
  }
  const page = await browse(scope, 'GET', await begin())
  for (const account of choices(page.text(), 'account').slice(0, count)) {
    const form = new URLSearchParams({ decision: 'allow', account })
    for (const one of choices(page.text(), 'scope')) form.append('scope', one)
    const allowed = await browse(scope, 'POST', await begin(), form)
    const back = new URL(allowed.headers.location ?? scope.config.url)
    const finished = await finishConsent(scope, owner, network, back.searchParams)
    if ('error' in finished) throw new Error(`No account was connected: ${finished.error}`)
  }
}

/** What a page's form offers for a field. */
function choices(page: string, field: string): string[] {
  const inputs = page.matchAll(new RegExp(`<input[^>]* name="${field}" value="([^"]+)"`, 'g'))
  return [...inputs].map(([, value]) => value ?? '')
}

function browse(
  { egress, workspaceId }: Scope,
  method: string,
  url: string,
  form?: URLSearchParams,
) {
  return egress.request({
    purpose: 'fill the sample workspace',
    processor: sampleProcessor,
    workspaceId,
    method,
    url,
    ...(form
      ? {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: form.toString(),
        }
      : {}),
  })
}

/** Egress takes real addresses only; a person's browser was to be sent to the sandbox. */
function realUrl({ config }: Scope, url: string): string {
  return url.replace(`${config.sandboxUrl}/`, 'https://')
}
