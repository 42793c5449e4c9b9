import { type SQL, sql } from 'drizzle-orm'
import type { Clock, DataClass, Period } from './data-map.ts'

/** A class whose rows come to an end by age. */
export type AgeingClass = DataClass & { clock: Extract<Clock, { kind: 'after' }> }

export function isAgeing(dataClass: DataClass): dataClass is AgeingClass {
  return dataClass.clock.kind === 'after'
}

/**
 * The rows of a class that may still be read: its clock, to the second, whether or not the sweeper
 * has been here. Belongs in every `where` that reads such rows for use.
 */
export function notExpired(dataClass: DataClass): SQL {
  // `is not false`: without an instant there is no end.
  return sql`(${startOf(dataClass)} > ${oldest(dataClass)}) is not false`
}

/** The rows of a class whose time is over, for the sweeper. */
export function expired(dataClass: DataClass): SQL {
  return sql`${startOf(dataClass)} <= ${oldest(dataClass)}`
}

/** The column that its clock counts from, as an instant. */
function startOf(dataClass: DataClass): SQL {
  const { clock, table } = ageing(dataClass)
  const column = sql`${sql.identifier(table)}.${sql.identifier(clock.column)}`
  return clock.as === 'milliseconds' ? sql`to_timestamp(${column} / 1000.0)` : column
}

// In UTC, so that a day has 24 hours in whatever zone the database server stands.
function oldest(dataClass: DataClass): SQL {
  const period = sql.raw(`interval '${intervalOf(ageing(dataClass).clock.period)}'`)
  return sql`((app.now() at time zone 'UTC' - ${period}) at time zone 'UTC')`
}

function ageing(dataClass: DataClass): AgeingClass {
  if (isAgeing(dataClass)) return dataClass
  throw new Error(`${dataClass.id} does not age: it is kept while ${dataClass.clock.words}`)
}

/** The period as PostgreSQL reads it. @throws Error for anything else, since it becomes SQL. */
function intervalOf(period: Period): string {
  if (/^\d+ (minutes|hours|days|years)$/.test(period)) return period
  throw new Error(`“${period}” is not a period`)
}
