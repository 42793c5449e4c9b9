export type ZoneOption = { value: string; label: string }

const minutesOf = (zone: string, at: Date): number => {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  const found = name?.match(/GMT([+-])(\d{2}):(\d{2})/)
  if (!found) return 0
  const size = Number(found[2]) * 60 + Number(found[3])
  return found[1] === '-' ? -size : size
}

const two = (count: number) => String(count).padStart(2, '0')

/** How far a zone is from UTC at an instant, written `UTC+05:30`. */
export function offsetWords(zone: string, at: Date): string {
  const minutes = minutesOf(zone, at)
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** `America/Argentina/Buenos_Aires` is `Buenos Aires, Argentina (UTC−03:00)`. */
export function zoneOption(zone: string, at: Date): ZoneOption {
  const [, ...rest] = zone.replaceAll('_', ' ').split('/')
  const place = rest.length > 0 ? rest.reverse().join(', ') : zone
  return { value: zone, label: `${place} (${offsetWords(zone, at)})` }
}

const regionOf = (zone: string) => (zone.includes('/') ? (zone.split('/')[0] ?? zone) : 'Other')

/**
 * Every zone that this browser knows, in groups by region.
 * @param also zones to offer even if this browser lists them by another name
 */
export function zoneGroups(at: Date, also: string[]): { group: string; items: ZoneOption[] }[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...also])
  const options = [...zones].map((zone) => ({ region: regionOf(zone), ...zoneOption(zone, at) }))
  const groups = Map.groupBy(options, ({ region }) => region)
  return [...groups]
    .map(([group, items]) => ({
      group,
      items: items
        .map(({ value, label }) => ({ value, label }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    }))
    .sort((a, b) => a.group.localeCompare(b.group))
}

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

type WithWeek = Intl.Locale & {
  getWeekInfo?: () => { firstDay: number }
  weekInfo?: { firstDay: number }
}

/** The first day of the week where this language is spoken: 0 is Sunday. Monday if unknown. */
export function ownWeekStart(language: string): number {
  const locale = localeOf(language)
  const info = locale?.getWeekInfo?.() ?? locale?.weekInfo
  return info ? info.firstDay % 7 : 1
}

/** Null for names that are no language tag. Some browsers have those, such as `en-US@posix`. */
function localeOf(language: string): WithWeek | null {
  try {
    return new Intl.Locale(language.split('@')[0]?.replaceAll('_', '-') ?? '')
  } catch {
    return null
  }
}
