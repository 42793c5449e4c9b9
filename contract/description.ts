import type { z } from 'zod'
import { ApiKey, Invitation, Member, Person, SecurityEvent, SignIn, Workspace } from './accounts.ts'
import { Can } from './base.ts'
import { LiveEvent } from './live.ts'
import { Asset, uploadPath } from './media.ts'
import { Connection, Destination, Manifest, Profile, Receipt } from './networks.ts'
import { Attempt, CalendarEntry, Finding, Post, PostRow, Slot, Target, When } from './publishing.ts'

/** Shapes that the description of the API names, so that each is told once. */
export const namedSchemas: Record<string, z.ZodType> = {
  ApiKey,
  Asset,
  Attempt,
  CalendarEntry,
  Can,
  Connection,
  Destination,
  Finding,
  Invitation,
  LiveEvent,
  Manifest,
  Member,
  Person,
  Post,
  PostRow,
  Profile,
  Receipt,
  SecurityEvent,
  SignIn,
  Slot,
  Target,
  When,
  Workspace,
}

/** What the routes alone do not say. */
export const notes: readonly { title: string; words: string }[] = [
  {
    title: 'Uploads',
    words: `Files are sent by the resumable tus protocol 1.0 to ${uploadPath}, with the metadata \`name\` and \`type\`; any tus client will do. The answer’s \`avow-asset-id\` names the file in the library, where it is processed first.`,
  },
  {
    title: 'Times',
    words:
      'Instants are ISO 8601 in UTC. Times that a person chose, such as when a post goes out, are wall-clock times in the time zone of the workspace, `2026-11-22T09:30`.',
  },
]
