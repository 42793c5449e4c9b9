import type { FastifyInstance } from 'fastify'
import type { Platform } from './context.ts'
import type { DataClass } from './data-map.ts'
import type { JobSignal } from './jobs.ts'

/** What a module hands to `app.ts` beside its part of the API. */
export type Entry = {
  /** What it stores, column by column. */
  dataClasses: readonly DataClass[]
  /** Kinds of jobs that it works on. */
  // biome-ignore lint/suspicious/noExplicitAny: a list over jobs of different payloads
  signals: readonly JobSignal<any>[]
  /** Names the verbs for its jobs. */
  work?(platform: Platform): void
  /** Plain routes beside the API: files, callbacks, pages. */
  mount?(server: FastifyInstance, platform: Platform): void | Promise<void>
}
