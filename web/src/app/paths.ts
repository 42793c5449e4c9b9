/** Every address inside the app. Pages link through these, so that none is misspelt. */
const inside = (workspaceId: string) => `/w/${workspaceId}`

export const paths = {
  start: () => '/',
  signIn: () => '/sign-in',
  signUp: () => '/sign-up',
  confirm: () => '/confirm',
  forgot: () => '/forgot',
  reset: () => '/reset',
  invite: () => '/invite',
  newWorkspace: () => '/new-workspace',
  /** Goes on to the workspace of last time, or to a new one. */
  landing: () => '/home',

  home: (workspaceId: string) => inside(workspaceId),
  calendar: (workspaceId: string) => `${inside(workspaceId)}/calendar`,
  posts: (workspaceId: string) => `${inside(workspaceId)}/posts`,
  newPost: (workspaceId: string) => `${inside(workspaceId)}/posts/new`,
  post: (workspaceId: string, postId: string) => `${inside(workspaceId)}/posts/${postId}`,
  editPost: (workspaceId: string, postId: string) => `${inside(workspaceId)}/posts/${postId}/edit`,
  library: (workspaceId: string) => `${inside(workspaceId)}/library`,
  connections: (workspaceId: string) => `${inside(workspaceId)}/connections`,
  receipts: (workspaceId: string) => `${inside(workspaceId)}/receipts`,
  workspaceSettings: (workspaceId: string) => `${inside(workspaceId)}/settings/workspace`,
  members: (workspaceId: string) => `${inside(workspaceId)}/settings/members`,
  keys: (workspaceId: string) => `${inside(workspaceId)}/settings/keys`,
  queue: (workspaceId: string) => `${inside(workspaceId)}/settings/queue`,
  security: (workspaceId: string) => `${inside(workspaceId)}/account/security`,
}

/** A path of this site to go on to after signing in, or null when it is anything else. */
export function safeNext(next: unknown): string | null {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : null
}
