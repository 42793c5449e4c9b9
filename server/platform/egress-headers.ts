/** Headers on their way out. */

/** Set by the protocol itself; a caller could only break it. */
export const ownHeaders =
  /^(?:host|connection|keep-alive|upgrade|te|trailer|transfer-encoding|expect|proxy-.*)$/i

/** Lower-case names. @throws TypeError for headers that are not for a caller to set. */
export function callerHeaders(given: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    if (ownHeaders.test(name)) throw new TypeError(`The header ${name} is not for callers to set.`)
    headers[name.toLowerCase()] = value
  }
  return headers
}

/** What every request of ours says, unless the caller says otherwise. */
export function outgoingHeaders(
  given: Record<string, string>,
  contentType: string | undefined,
): Record<string, string> {
  return {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'Avow',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...given,
  }
}
