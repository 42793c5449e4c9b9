import type { Permission } from '../../../../contract/base.ts'

type Role = 'owner' | 'admin' | 'editor' | 'approver' | 'viewer'

/** What each role is for, in one line. */
export const roleWords: Record<Role, { label: string; words: string }> = {
  owner: { label: 'Owner', words: 'Everything' },
  admin: { label: 'Admin', words: 'Everything, with members and keys' },
  editor: { label: 'Editor', words: 'Writes and publishes posts, changes the library' },
  approver: { label: 'Approver', words: 'Reads everything, approves and publishes posts' },
  viewer: { label: 'Viewer', words: 'Reads everything, changes nothing' },
}

export const roles = Object.keys(roleWords) as Role[]

/** What each permission lets one do, for the form of an API key. */
export const permissionWords: Record<Permission, { label: string; words: string }> = {
  read: { label: 'Read', words: 'Everything in the workspace' },
  'posts.write': { label: 'Write posts', words: 'Create, change and delete drafts' },
  'posts.publish': { label: 'Publish', words: 'Schedule, move, cancel and retry' },
  'media.write': { label: 'Change the library', words: 'Upload, rename and delete files' },
  'connections.manage': { label: 'Manage connections', words: 'Rename and set where posts go' },
  'workspace.manage': { label: 'Change the workspace', words: 'Settings and queue' },
  'members.manage': { label: 'Manage members', words: 'Read the open invitations' },
  'keys.manage': { label: 'Manage API keys', words: 'For people only: keys can’t make keys' },
}
