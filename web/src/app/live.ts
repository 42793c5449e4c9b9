import { getEventMeta } from '@orpc/client'
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { LiveEvent } from '../../../contract/live.ts'
import { api, query } from './api.ts'
import { followLive, type LiveState } from './follow-live.ts'

const { accounts, networks, privacy, media, publishing } = query

/** Which reads a change of each kind of thing makes stale. A kind not named here touches all. */
const touchedBy: Record<string, (event: LiveEvent) => QueryKey[]> = {
  post: ({ subject }) => [
    publishing.posts.key(),
    publishing.calendar.key(),
    publishing.post.key({ input: { id: subject.id } }),
  ],
  target: ({ subject, parent }) => [
    publishing.posts.key(),
    publishing.calendar.key(),
    publishing.slots.key(),
    parent ? publishing.post.key({ input: { id: parent.id } }) : publishing.post.key(),
    publishing.attempts.key({ input: { id: subject.id } }),
  ],
  connection: () => [networks.connections.key(), publishing.post.key(), publishing.slots.key()],
  asset: ({ subject }) => [
    media.assets.key(),
    media.asset.key({ input: { id: subject.id } }),
    publishing.post.key(),
  ],
  workspace: () => [accounts.workspace.key(), accounts.me.key()],
  member: () => [
    accounts.members.key(),
    accounts.invitations.key(),
    accounts.workspace.key(),
    accounts.me.key(),
  ],
  invitation: () => [accounts.invitations.key()],
  api_key: () => [accounts.apiKeys.key()],
  receipt: () => [privacy.receipts.key()],
}

/** Gathers what happens and reads again at most once a second, so that a burst stays one read. */
function createRefresher(queries: QueryClient) {
  const stale = new Map<string, QueryKey>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let lastAt = 0
  const flush = () => {
    timer = null
    lastAt = Date.now()
    for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey })
    stale.clear()
  }
  return {
    add: (event: LiveEvent) => {
      const keys = touchedBy[event.subject.kind]?.(event) ?? [[]]
      for (const key of keys) stale.set(JSON.stringify(key), key)
      timer ??= setTimeout(flush, Math.max(100, lastAt + 1_000 - Date.now()))
    },
    /** Everything that was read before now, but for what the networks are asked live. */
    all: () => {
      const now = Date.now()
      const asked = JSON.stringify(networks.key()[0])
      void queries.invalidateQueries({
        predicate: ({ queryKey, state }) =>
          state.dataUpdatedAt < now && !JSON.stringify(queryKey[0]).startsWith(asked.slice(0, -1)),
      })
    },
    stop: () => {
      if (timer) clearTimeout(timer)
    },
  }
}

/** Resolves after the time, or at once when there is no more reason to wait. */
const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** A sleeping machine's connections look alive; after this long away it is not trusted. */
const awayMs = 60_000

/**
 * One subscription for the workspace of the page, for as long as the caller is mounted: what changes
 * there is read again.
 * @returns whether the page is live just now
 */
export function useLive(): LiveState {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('live')
  useEffect(() => {
    const stop = new AbortController()
    const refresher = createRefresher(queries)
    let drop = () => {}
    let hiddenAt: number | null = null
    const onOnline = () => drop()
    const onVisible = () => {
      if (document.hidden) hiddenAt = Date.now()
      else if (hiddenAt !== null && Date.now() - hiddenAt > awayMs) drop()
    }
    window.addEventListener('online', onOnline)
    document.addEventListener('visibilitychange', onVisible)
    void followLive<LiveEvent>({
      open: (lastEventId, signal) => api.live.events(undefined, { signal, lastEventId }),
      idOf: (event) => getEventMeta(event)?.id,
      onEvent: refresher.add,
      onState: setState,
      onGap: refresher.all,
      wait,
      signal: stop.signal,
      onConnection: (dropIt) => {
        drop = dropIt
      },
    })
    return () => {
      stop.abort()
      refresher.stop()
      window.removeEventListener('online', onOnline)
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [queries])
  return state
}
