import type { Asset } from '../../../../contract/media.ts'
import type { Connection } from '../../../../contract/networks.ts'
import type { Finding, Post, PostContent } from '../../../../contract/publishing.ts'

export type Destination = { id: string; childId: string | null }
export type DraftTarget = { connectionId: string; destination: Destination | null }
export type DraftMedia = {
  asset: Asset
  altText: string
  coverAssetId: string | null
  coverAtMs: number | null
}

/** What the editor holds. It is what a person wrote, whether or not a network takes it. */
export type Draft = {
  title: string
  body: string
  link: string
  media: DraftMedia[]
  targets: DraftTarget[]
}

export const emptyDraft: Draft = { title: '', body: '', link: '', media: [], targets: [] }

/** A new post starts with the workspace's default connection, else the only one there is. */
export function startingDraft(
  connections: readonly Connection[],
  defaultConnectionId: string | null,
): Draft {
  const usable = connections.filter((one) => one.can.publish.ok)
  const first =
    usable.find((one) => one.id === defaultConnectionId) ??
    (usable.length === 1 ? usable[0] : undefined)
  if (!first) return emptyDraft
  return {
    ...emptyDraft,
    targets: [{ connectionId: first.id, destination: first.defaultDestination }],
  }
}

export const draftOf = (post: Post): Draft => ({
  title: post.title,
  body: post.body,
  link: post.link,
  media: post.media.map((one) => ({ ...one })),
  targets: post.targets.map(({ connectionId, destination }) => ({ connectionId, destination })),
})

/** The draft as the API takes it. */
export const contentOf = (draft: Draft): PostContent & { targets: DraftTarget[] } => ({
  title: draft.title,
  body: draft.body,
  link: draft.link.trim(),
  media: draft.media.map(({ asset, altText, coverAssetId, coverAtMs }) => ({
    assetId: asset.id,
    altText,
    coverAssetId,
    coverAtMs,
  })),
  targets: draft.targets,
})

/** Whether two drafts say the same. Addresses of previews change by the hour and don't count. */
export const saysTheSame = (a: Draft, b: Draft) =>
  JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b))

export const isBlank = (draft: Draft) =>
  draft.title.trim() === '' &&
  draft.body.trim() === '' &&
  draft.link.trim() === '' &&
  draft.media.length === 0

/** The item moved by one place or more; a place outside the list is the nearest end. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const copy = [...items]
  const [item] = copy.splice(from, 1)
  if (item === undefined) return [...items]
  copy.splice(Math.max(0, Math.min(copy.length, to)), 0, item)
  return copy
}

/** Each finding once: two boards of one account find the same in the same words. */
export const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((one) => [`${one.rule}:${one.field}:${one.words}`, one])).values(),
]

/** Findings of one field, `media.0` taking also those of `media.0.altText`; errors first. */
export function findingsOf(findings: readonly Finding[], field: string): Finding[] {
  return findings
    .filter((one) => one.field === field || one.field.startsWith(`${field}.`))
    .toSorted((a, b) => Number(b.level === 'error') - Number(a.level === 'error'))
}

/** Rules of the warnings, once each: what "publish anyway" accepts. */
export const warningRules = (findings: readonly Finding[]) => [
  ...new Set(findings.filter((one) => one.level === 'warning').map((one) => one.rule)),
]

const fieldNames = { title: 'Title', body: 'Text', link: 'Link', media: 'Files', targets: 'Boards' }
export type DraftField = keyof typeof fieldNames

/** What was changed between `base` and `mine`, put onto `theirs`. */
export function rebased(base: Draft, mine: Draft, theirs: Draft): Draft {
  const changed = differences(base, mine).map(({ field }) => [field, mine[field]])
  return { ...theirs, ...Object.fromEntries(changed) }
}

/** The fields in which two drafts differ, with their names for a person. */
export function differences(a: Draft, b: Draft): { field: DraftField; name: string }[] {
  const left = contentOf(a)
  const right = contentOf(b)
  return (Object.keys(fieldNames) as DraftField[])
    .filter((field) => JSON.stringify(left[field]) !== JSON.stringify(right[field]))
    .map((field) => ({ field, name: fieldNames[field] }))
}
