import type { Post } from '../../../../../contract/publishing.ts'
import { type Draft, isBlank } from '../draft.ts'

const keyOf = (workspaceId: string, post: Post | null) =>
  `avow-draft:${workspaceId}:${post?.id ?? 'new'}`

/** Keeps what is not saved yet on this device. Does nothing where the browser has no room. */
export function keepDraft(workspaceId: string, draft: Draft, post: Post | null): void {
  try {
    localStorage.setItem(keyOf(workspaceId, post), JSON.stringify(draft))
  } catch {
    // A private window or a full one: the server's copy is then the only one.
  }
}

export function forgetDraft(workspaceId: string, post: Post | null): void {
  try {
    localStorage.removeItem(keyOf(workspaceId, post))
  } catch {
    // The same: there was nothing to forget.
  }
}

/** What an earlier visit left unsaved, or null. */
export function keptDraft(workspaceId: string, post: Post | null): Draft | null {
  try {
    const text = localStorage.getItem(keyOf(workspaceId, post))
    const draft: unknown = text ? JSON.parse(text) : null
    return isDraft(draft) && !isBlank(draft) ? draft : null
  } catch {
    return null
  }
}

/** An older version of this page may have written another shape. */
const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  ['title', 'body', 'link'].every((key) => typeof Reflect.get(value, key) === 'string') &&
  ['media', 'targets'].every((key) => Array.isArray(Reflect.get(value, key)))
