import { z } from 'zod'
import { Can, Cursor, Id, Instant, name, PageSize, page, route } from './base.ts'

/** What a network takes. Composer, checks, preview, docs and API all read it from here. */
export const Manifest = z.object({
  network: z.string(),
  label: z.string(),
  /** Colour of the network's mark, for chips and charts. */
  colour: z.string(),
  scopes: z.array(z.object({ scope: z.string(), words: z.string(), needed: z.boolean() })),
  text: z.object({
    /** Length is counted in UTF-16 units, code points or graphemes. */
    countedIn: z.enum(['utf16', 'codePoints', 'graphemes']),
    title: z.object({ max: z.number() }).nullable(),
    body: z.object({ max: z.number(), warnAbove: z.number().nullable() }),
    altText: z.object({ max: z.number() }).nullable(),
    link: z.object({ max: z.number() }).nullable(),
  }),
  media: z.object({
    required: z.boolean(),
    image: z.object({ formats: z.array(z.string()), maxBytes: z.number() }),
    carousel: z.object({ min: z.number(), max: z.number(), sameRatio: z.boolean() }).nullable(),
    video: z
      .object({
        formats: z.array(z.string()),
        codecs: z.array(z.string()),
        maxBytes: z.number(),
        minMs: z.number(),
        maxMs: z.number(),
        /** Width divided by height. */
        minRatio: z.number(),
        maxRatio: z.number(),
        needsCover: z.boolean(),
      })
      .nullable(),
  }),
  /** Where on the account a post can go: boards and their sections, for instance. */
  destination: z
    .object({ noun: z.string(), required: z.boolean(), child: z.string().nullable() })
    .nullable(),
  /** What the network itself wants its users told when they disconnect. */
  disconnectWords: z.string(),
})
export type Manifest = z.infer<typeof Manifest>

export const ConnectionStatus = z.enum(['active', 'expiring', 'needs_sign_in', 'revoked'])
export type ConnectionStatus = z.infer<typeof ConnectionStatus>

export const Connection = z.object({
  id: Id,
  network: z.string(),
  /** The name that our user gave it. */
  label: z.string(),
  status: ConnectionStatus,
  /** Why, and what to do. Empty when active. */
  statusWords: z.string(),
  scopes: z.array(z.object({ scope: z.string(), words: z.string(), granted: z.boolean() })),
  connectedAt: Instant,
  lastUsedAt: Instant.nullable(),
  accessExpiresAt: Instant.nullable(),
  defaultDestination: z.object({ id: z.string(), childId: z.string().nullable() }).nullable(),
  can: z.object({ publish: Can, disconnect: Can }),
})
export type Connection = z.infer<typeof Connection>

/** Asked from the network each time it is shown, never stored. */
export const Profile = z.object({
  username: z.string(),
  name: z.string(),
  kind: z.string().nullable(),
  url: z.string().nullable(),
  /** Address on this server that passes the picture through. */
  avatarUrl: z.string().nullable(),
})

/** A place on the account, asked from the network each time, never stored. */
export const Destination = z.object({
  id: z.string(),
  name: z.string(),
  private: z.boolean(),
  count: z.number().nullable(),
})

export const Receipt = z.object({
  id: Id,
  at: Instant,
  kind: z.string(),
  /** What it is about, such as the connection's label. */
  subject: z.string(),
  lines: z.array(
    z.object({
      what: z.string(),
      outcome: z.enum(['destroyed', 'stopped', 'kept', 'told']),
      words: z.string(),
    }),
  ),
})

export const networks = {
  networks: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/networks',
      summary: 'Networks and what each takes',
      tags: ['Connections'],
    })
    .output(z.object({ items: z.array(Manifest) })),
  connections: route({ who: 'read' })
    .route({ method: 'GET', path: '/connections', summary: 'Connections', tags: ['Connections'] })
    .output(z.object({ items: z.array(Connection) })),
  connect: route({ who: 'connections.manage', sessionOnly: true })
    .route({
      method: 'POST',
      path: '/connections/start',
      summary: 'Start to connect an account',
      tags: ['Connections'],
    })
    .input(
      z.object({
        network: z.string().max(40),
        /** Sign in again for this connection, rather than a new one. */
        connectionId: Id.optional(),
        /** Page of ours to come back to. */
        returnTo: z
          .string()
          .max(200)
          .regex(/^\/(?![/\\])[^\s\\]*$/, 'A path on this site')
          .default('/connections'),
      }),
    )
    .output(z.object({ authorizeUrl: z.string() })),
  updateConnection: route({ who: 'connections.manage' })
    .route({
      method: 'PATCH',
      path: '/connections/{id}',
      summary: 'Rename, or set the default destination',
      tags: ['Connections'],
    })
    .input(
      z.object({
        id: Id,
        label: name(60).optional(),
        defaultDestination: z
          .object({ id: z.string().max(40), childId: z.string().max(40).nullable() })
          .nullable()
          .optional(),
      }),
    )
    .output(Connection),
  disconnect: route({ who: 'connections.manage', sessionOnly: true })
    .route({
      method: 'DELETE',
      path: '/connections/{id}',
      summary: 'Disconnect: stop, destroy the tokens, write a receipt',
      tags: ['Connections'],
    })
    .input(z.object({ id: Id }))
    .output(Receipt),
  profile: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/connections/{id}/profile',
      summary: 'Name and picture, live',
      tags: ['Connections'],
    })
    .input(z.object({ id: Id }))
    .output(Profile),
  destinations: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/connections/{id}/destinations',
      summary: 'Where posts can go, live',
      tags: ['Connections'],
    })
    .input(z.object({ id: Id, cursor: z.string().max(500).optional() }))
    .output(z.object({ items: z.array(Destination), nextCursor: z.string().nullable() })),
  destinationChildren: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/connections/{id}/destinations/{destinationId}/children',
      summary: 'Parts of a destination, live',
      tags: ['Connections'],
    })
    .input(
      z.object({
        id: Id,
        destinationId: z.string().max(40),
        cursor: z.string().max(500).optional(),
      }),
    )
    .output(z.object({ items: z.array(Destination), nextCursor: z.string().nullable() })),
}

export const privacy = {
  receipts: route({ who: 'read' })
    .route({
      method: 'GET',
      path: '/receipts',
      summary: 'Receipts of what was destroyed, newest first',
      tags: ['Privacy'],
    })
    .input(z.object({ cursor: Cursor, limit: PageSize }).optional())
    .output(page(Receipt)),
}
