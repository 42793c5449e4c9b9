import type { Permission } from '../../contract/base.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { KeyRing } from './crypto.ts'
import type { Database, Tx } from './database.ts'
import type { Egress } from './egress.ts'
import { AppError } from './errors.ts'
import type { Jobs } from './jobs.ts'
import type { Live } from './live.ts'
import type { Log } from './log.ts'
import type { Mail } from './mail.ts'
import type { Recipient } from './recipients.ts'
import type { Storage } from './storage.ts'

/** Everything that modules stand on, put together once in `app.ts`. */
export type Platform = {
  config: Config
  log: Log
  clock: Clock
  database: Database
  jobs: Jobs
  live: Live
  egress: Egress
  keyRing: KeyRing
  storage: Storage
  mail: Mail
  /** Who outside may receive anything on this instance. */
  recipients: readonly Recipient[]
}

/** The platform, as seen from inside one workspace. What every verb takes first. */
export type Scope = Platform & {
  workspaceId: string
  /** One transaction in this workspace. No remote call belongs inside. */
  tx<T>(run: (tx: Tx) => Promise<T>): Promise<T>
}

/** Who asks: a person in a session, or an API key. */
export type Actor =
  | { kind: 'person'; id: string; sessionId: string }
  | { kind: 'key'; id: string; createdBy: string }

/** A scope together with who asks and what they may do. What verbs behind the API take. */
export type Caller = Scope & {
  actor: Actor
  /** The person behind the act: the member, or whoever made the key. */
  personId: string
  permissions: ReadonlySet<Permission>
  requestId: string
}

export function scopeOf(platform: Platform, workspaceId: string): Scope {
  return {
    ...platform,
    workspaceId,
    tx: (run) => platform.database.workspace(workspaceId, run),
  }
}

/** Whether the caller may do it, as an answer for `can`. */
export function mayI(caller: Caller, permission: Permission): { ok: boolean; why: string | null } {
  return caller.permissions.has(permission)
    ? { ok: true, why: null }
    : { ok: false, why: 'Your role does not include this. An owner or admin can change it.' }
}

/** @throws AppError forbidden, in words that say what is missing. */
export function demand(
  caller: { permissions: ReadonlySet<Permission> },
  permission: Permission,
): void {
  if (caller.permissions.has(permission)) return
  throw new AppError('forbidden', {
    message: `This needs the permission “${permission}”.`,
    fix: 'Ask an owner or admin of the workspace to change your role, or the permissions of the key.',
  })
}
