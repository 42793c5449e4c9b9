import { CREATIVE_TYPES } from './present.ts'
import type { Pin } from './types.ts'

/** A filter from the `creative_types` parameter: names joined by commas; none means all. */
export function wantedTypes(names: string | undefined): (pin: Pin) => boolean {
  if (!names) return () => true
  const wanted = new Set(names.split(','))
  return (pin) => wanted.has(CREATIVE_TYPES[pin.media.type])
}
