export const passwordMin = 10
export const passwordMax = 200

export type Strength = {
  /** 0 nothing yet, 1 too weak, 2 fair, 3 good, 4 strong. */
  score: 0 | 1 | 2 | 3 | 4
  words: string
}

const common = ['password', 'qwerty', 'letmein', 'welcome', 'iloveyou', 'abc123', 'admin', '123456']

/** Characters that add something: a repeated or counted-up one adds nothing. */
function worth(password: string): number {
  let count = 0
  let before = Number.NaN
  for (const character of password) {
    const point = character.codePointAt(0) ?? 0
    const step = point - before
    if (step !== 0 && step !== 1 && step !== -1) count += 1
    before = point
  }
  return count
}

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u]

/**
 * A hint while typing. It never refuses more than the length: the server decides that.
 * @param personal words that others know, such as the name and the e-mail
 */
export function strengthOf(password: string, personal: string[] = []): Strength {
  if (password.length === 0) return { score: 0, words: `At least ${passwordMin} characters` }
  const missing = passwordMin - password.length
  if (missing > 0) {
    return { score: 1, words: `${missing} more ${missing === 1 ? 'character' : 'characters'}` }
  }
  const lower = password.toLowerCase()
  const known = personal
    .flatMap((text) => text.toLowerCase().split(/[\s@.]+/))
    .filter((part) => part.length > 3)
  if ([...common, ...known].some((part) => lower.includes(part))) {
    return { score: 2, words: 'Easy to guess: leave out names and well-known words' }
  }
  const variety = kinds.filter((kind) => kind.test(password)).length
  const points = worth(password) + variety * 2
  if (points < 13) return { score: 2, words: 'Fair: a few more words make it strong' }
  if (points < 20) return { score: 3, words: 'Good' }
  return { score: 4, words: 'Strong' }
}
