import { useSuspenseQuery } from '@tanstack/react-query'
import type { Can, Permission } from '../../../contract/base.ts'
import { query } from './api.ts'

const reasons: Record<Permission, string> = {
  read: 'Your role doesn’t include reading this workspace.',
  'posts.write': 'Your role doesn’t include writing posts.',
  'posts.publish': 'Your role doesn’t include publishing.',
  'media.write': 'Your role doesn’t include changing the library.',
  'connections.manage': 'Your role doesn’t include managing connections.',
  'workspace.manage': 'Your role doesn’t include changing the workspace.',
  'members.manage': 'Your role doesn’t include managing members.',
  'keys.manage': 'Your role doesn’t include managing API keys.',
}

/** Whether the permissions that the server gave hold this one, with the reason where they don't. */
export function may(permissions: readonly Permission[], wanted: Permission): Can {
  return permissions.includes(wanted)
    ? { ok: true, why: null }
    : { ok: false, why: `${reasons[wanted]} Ask an owner or an admin.` }
}

/** The same for the person and the workspace of this page. */
export function useMay(wanted: Permission): Can {
  const { data } = useSuspenseQuery(query.accounts.workspace.queryOptions())
  return may(data.permissions, wanted)
}
