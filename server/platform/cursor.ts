import { AppError } from './errors.ts'

/** Makes a cursor of the values that the next page goes on after. Opaque to callers. */
export function sealCursor(...values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/**
 * The values of a cursor, or none without one. They only ever compare within the caller's own
 * workspace, so a forged one shows nothing foreign. @throws AppError when it is not a cursor of ours.
 */
export function openCursor(cursor: string | undefined, count: number): string[] {
  if (cursor === undefined) return []
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const whole = Array.isArray(values) && values.length === count
    if (whole && values.every((value) => typeof value === 'string' && wellFormed(value)))
      return values
  } catch {
    // Falls through to the one answer for every malformed cursor.
  }
  throw new AppError('bad_request', {
    message: 'This is not a cursor of this list.',
    field: 'cursor',
    fix: 'Send nextCursor of the page before, unchanged, or none for the first page.',
  })
}

/** Cursors hold instants and ids, in this order; both must be sound before they reach a query. */
function wellFormed(value: string): boolean {
  const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
  return id || (/^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)))
}
