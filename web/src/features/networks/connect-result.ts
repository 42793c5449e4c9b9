/** What the address says after coming back from a network: `?connected=` or `?connect_error=`. */
export type ConnectSearch = {
  connected?: unknown
  connect_error?: unknown
  missing?: unknown
}

export type ConnectResult = {
  good: boolean
  title: string
  words: string
}

const failed = (): ConnectResult => ({
  good: false,
  title: 'The network did not answer as it should',
  words: 'Nothing was connected. Wait a minute, then connect again.',
})

/** One row for each way in which connecting can fail: what happened and what to do. */
const failures = new Map<string, (missing: string[]) => ConnectResult>(
  Object.entries({
    declined: () => ({
      good: false,
      title: 'You declined at the network',
      words: 'Nothing was connected and nothing was kept. Connect again whenever you like.',
    }),
    partial: (missing: string[]) => ({
      good: false,
      title: 'Not every permission was given',
      words: `${
        missing.length > 0 ? `Missing: ${missing.join(', ')}. ` : ''
      }Avow asks only for what it needs, so it can’t publish without them. Connect again and leave every box ticked. What was given has been thrown away.`,
    }),
    state: () => ({
      good: false,
      title: 'This answer does not belong to your sign-in',
      words:
        'It was used before, or it was started in another browser. Nothing was connected. Start again from this page.',
    }),
    other_account: () => ({
      good: false,
      title: 'That is another account',
      words:
        'You signed in at the network with an account other than the one of this connection. Nothing was changed. Sign in again with the right one, or connect the other as a new account.',
    }),
    expired: () => ({
      good: false,
      title: 'That took more than ten minutes',
      words: 'For safety the attempt has ended and nothing was connected. Start again.',
    }),
  }),
)

/**
 * Reads the result of connecting from the search of the address; null when there is none.
 * @param wordsOf a permission of the network in words, where they are known
 */
export function connectResult(
  search: ConnectSearch,
  wordsOf: (scope: string) => string,
): ConnectResult | null {
  if (search.connected !== undefined) {
    return {
      good: true,
      title: 'Connected',
      words: 'Choose where its posts go by default, or write the first one.',
    }
  }
  if (search.connect_error === undefined) return null
  const missing = typeof search.missing === 'string' ? search.missing.split(/[\s,]+/) : []
  const error = String(search.connect_error)
  const explain = failures.get(error) ?? failed
  return explain(missing.filter(Boolean).map(wordsOf))
}
