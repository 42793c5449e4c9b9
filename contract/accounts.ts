import { z } from 'zod'
import { Cursor, Id, Instant, name, PageSize, Permission, page, route, TimeZone } from './base.ts'

export const Role = z.enum(['owner', 'admin', 'editor', 'approver', 'viewer'])
export type Role = z.infer<typeof Role>

/** What each role may do. The one table of it: server and pages read it from here. */
export const permissionsOf: Record<Role, readonly Permission[]> = {
  owner: Permission.options,
  admin: Permission.options,
  editor: ['read', 'posts.write', 'posts.publish', 'media.write'],
  approver: ['read', 'posts.publish'],
  viewer: ['read'],
}

export const Person = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
})

export const Workspace = z.object({
  id: Id,
  name: z.string(),
  timeZone: z.string(),
  /** 0 is Sunday, 1 is Monday, 6 is Saturday. */
  weekStart: z.number().int().min(0).max(6),
  /** The connection that a new post starts with, and its destination there. */
  defaultConnectionId: Id.nullable(),
  createdAt: Instant,
})
export type Workspace = z.infer<typeof Workspace>

const WorkspaceSettings = z.object({
  name: name(80),
  timeZone: TimeZone,
  weekStart: z.number().int().min(0).max(6),
  defaultConnectionId: Id.nullable(),
})

export const Member = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  joinedAt: Instant,
})

export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: Role,
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
})

export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** The first characters, to tell keys apart. The rest is not kept. */
  start: z.string(),
  permissions: z.array(Permission),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
})

export const SecurityEvent = z.object({
  id: Id,
  at: Instant,
  /** What happened, such as `signed_in` or `password_changed`. */
  kind: z.string(),
  /** The same in words for a person. */
  words: z.string(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
})

export const SignIn = z.object({
  id: z.string(),
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Instant,
  lastSeenAt: Instant,
})

export const accounts = {
  /** What the first page needs before anybody has signed in. */
  start: route({ who: 'public' })
    .route({ method: 'GET', path: '/start', summary: 'How to sign in here', tags: ['Account'] })
    .output(
      z.object({
        /** Sign in with Google is set up. */
        google: z.boolean(),
        /** Address of the sandbox's page, where the networks and the mailbox are played. */
        sandboxUrl: z.string().nullable(),
        /** The sample workspace can be opened with one click. */
        sample: z.boolean(),
      }),
    ),
  openSample: route({ who: 'public' })
    .route({
      method: 'POST',
      path: '/sample-workspace',
      summary: 'Open the sample workspace',
      tags: ['Account'],
    })
    .output(z.object({ workspaceId: Id })),
  me: route({ who: 'person' })
    .route({
      method: 'GET',
      path: '/me',
      summary: 'The person who is signed in',
      tags: ['Account'],
    })
    .output(
      z.object({
        person: Person,
        workspaces: z.array(
          z.object({
            id: Id,
            name: z.string(),
            role: Role,
            timeZone: z.string(),
            weekStart: z.number(),
          }),
        ),
      }),
    ),
  securityLog: route({ who: 'person', sessionOnly: true })
    .route({
      method: 'GET',
      path: '/me/security-log',
      summary: 'What happened to my account',
      tags: ['Account'],
    })
    .input(z.object({ cursor: Cursor, limit: PageSize }))
    .output(page(SecurityEvent)),
  signIns: route({ who: 'person', sessionOnly: true })
    .route({
      method: 'GET',
      path: '/me/sign-ins',
      summary: 'Where I am signed in',
      tags: ['Account'],
    })
    .output(z.object({ items: z.array(SignIn) })),
  endSignIn: route({ who: 'person', sessionOnly: true })
    .route({
      method: 'DELETE',
      path: '/me/sign-ins/{id}',
      summary: 'End a sign-in',
      tags: ['Account'],
    })
    .input(z.object({ id: z.string().max(100) }))
    .output(z.object({ ended: z.literal(true) })),

  createWorkspace: route({ who: 'person', sessionOnly: true })
    .route({
      method: 'POST',
      path: '/workspaces',
      summary: 'Create a workspace',
      tags: ['Workspace'],
      successStatus: 201,
    })
    .input(
      z.object({
        name: name(80),
        timeZone: TimeZone,
        weekStart: z.number().int().min(0).max(6).default(1),
      }),
    )
    .output(Workspace),
  workspace: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/workspace',
      summary: 'The workspace and what I may do in it',
      tags: ['Workspace'],
    })
    .output(Workspace.extend({ role: Role.nullable(), permissions: z.array(Permission) })),
  updateWorkspace: route({ who: 'workspace.manage' })
    .route({
      method: 'PATCH',
      path: '/workspace',
      summary: 'Change the settings',
      tags: ['Workspace'],
    })
    .input(WorkspaceSettings.partial())
    .output(Workspace),

  members: route({ who: 'read' })
    .route({ method: 'GET', path: '/members', summary: 'Members', tags: ['Members'] })
    .output(z.object({ items: z.array(Member) })),
  changeRole: route({ who: 'members.manage', sessionOnly: true })
    .route({
      method: 'PATCH',
      path: '/members/{id}',
      summary: 'Change the role of a member',
      tags: ['Members'],
    })
    .input(z.object({ id: Id, role: Role }))
    .output(Member),
  removeMember: route({ who: 'members.manage', sessionOnly: true })
    .route({
      method: 'DELETE',
      path: '/members/{id}',
      summary: 'Remove a member',
      tags: ['Members'],
    })
    .input(z.object({ id: Id }))
    .output(z.object({ removed: z.literal(true) })),
  invitations: route({ who: 'members.manage' })
    .route({ method: 'GET', path: '/invitations', summary: 'Open invitations', tags: ['Members'] })
    .output(z.object({ items: z.array(Invitation) })),
  invite: route({ who: 'members.manage', creates: true, sessionOnly: true })
    .route({
      method: 'POST',
      path: '/invitations',
      summary: 'Invite by e-mail',
      tags: ['Members'],
      successStatus: 201,
    })
    .input(z.object({ email: z.email().max(254), role: Role.exclude(['owner']) }))
    .output(Invitation),
  withdrawInvitation: route({ who: 'members.manage', sessionOnly: true })
    .route({
      method: 'DELETE',
      path: '/invitations/{id}',
      summary: 'Withdraw an invitation',
      tags: ['Members'],
    })
    .input(z.object({ id: Id }))
    .output(z.object({ withdrawn: z.literal(true) })),
  showInvitation: route({ who: 'public' })
    .route({
      method: 'POST',
      path: '/invitations/show',
      summary: 'What an invitation says',
      tags: ['Members'],
    })
    .input(z.object({ token: z.string().max(200) }))
    .output(
      z.object({ workspace: z.string(), role: Role, invitedBy: z.string(), email: z.string() }),
    ),
  acceptInvitation: route({ who: 'person', sessionOnly: true })
    .route({
      method: 'POST',
      path: '/invitations/accept',
      summary: 'Join by an invitation',
      tags: ['Members'],
    })
    .input(z.object({ token: z.string().max(200) }))
    .output(z.object({ workspaceId: Id })),

  apiKeys: route({ who: 'keys.manage', sessionOnly: true })
    .route({ method: 'GET', path: '/api-keys', summary: 'API keys', tags: ['API keys'] })
    .output(z.object({ items: z.array(ApiKey) })),
  createApiKey: route({
    who: 'keys.manage',
    creates: true,
    sessionOnly: true,
    secretAnswer: true,
  })
    .route({
      method: 'POST',
      path: '/api-keys',
      summary: 'Create an API key',
      tags: ['API keys'],
      successStatus: 201,
    })
    .input(
      z.object({
        name: name(60),
        permissions: z.array(Permission).min(1).max(Permission.options.length),
        expiresInDays: z.number().int().min(1).max(730).nullable().default(365),
      }),
    )
    /** `key` is shown this once. */
    .output(ApiKey.extend({ key: z.string() })),
  revokeApiKey: route({ who: 'keys.manage', sessionOnly: true })
    .route({
      method: 'DELETE',
      path: '/api-keys/{id}',
      summary: 'Revoke an API key',
      tags: ['API keys'],
    })
    .input(z.object({ id: Id }))
    .output(z.object({ revoked: z.literal(true) })),
}
