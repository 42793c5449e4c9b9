/** Joins parts into sentences, each with its full stop; parts that say nothing are left out. */
export const sentences = (...parts: (string | null | undefined)[]) =>
  parts
    .filter((part) => part)
    .map((part) => (/[.?!…]$/.test(part ?? '') ? part : `${part}.`))
    .join(' ')
