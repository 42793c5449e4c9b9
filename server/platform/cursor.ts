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
    // The last one is an id, those before it are instants; each must be sound before a query sees it.
    const whole = Array.isArray(values) && values.length === count
    if (whole && values.every((value, at) => (at < count - 1 ? isInstant(value) : isId(value))))
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

const isId = (value: unknown) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

/** As `toISOString` writes it, and no other spelling of the same. */
function isInstant(value: unknown): boolean {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString() === value
}
