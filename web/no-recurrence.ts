import type { Plugin } from 'vite'

const name = '\0no-recurrence'
const code = `const RRule = {
  fromString() {
    throw new Error('No event of this calendar repeats')
  },
}
export { RRule }
export default { RRule }`

/**
 * Leaves `rrule` out, of which the calendar component has 13 KB for events that repeat. A target is
 * due once, so nothing here may ever ask for it.
 */
export function noRecurrence(): Plugin {
  return {
    name: 'avow-no-recurrence',
    enforce: 'pre',
    resolveId: (id) => (id === 'rrule' ? name : null),
    load: (id) => (id === name ? code : null),
  }
}
