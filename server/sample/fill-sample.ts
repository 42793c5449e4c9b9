import type { AnyRouter } from '@orpc/server'
import { Temporal } from 'temporal-polyfill'
import { addAsset } from '../modules/media/index.ts'
import { type Platform, type Scope, scopeOf } from '../platform/context.ts'
import { type Connected, connectAccounts } from './connect-accounts.ts'
import { type OwnApi, ownApi, ownerOf } from './own-api.ts'
import { drawPicture, type PictureName, pictures } from './pictures.ts'
import { type SamplePost, type Shop, shops } from './posts.ts'
import { fillSample as fillSampleJob } from './signals.ts'

const passEveryMs = 2_000
/** If pictures are not prepared after so many passes, something else is wrong. */
const mostPasses = 150

type Payload = { workspaceId: string; personId: string; pass: number }

/**
 * Fills a sample workspace as its owner would, through the API: accounts, pictures, slots, posts. It
 * does what is still missing, so it may be killed and begin again at any point.
 */
export async function fillSample(platform: Platform, router: AnyRouter, payload: Payload) {
  const { workspaceId, personId, pass } = payload
  const scope = scopeOf(platform, workspaceId)
  const owner = ownerOf(workspaceId, personId)
  const api = ownApi(platform, router, owner)
  const connected = await connectAccounts(scope, api, owner, shops.length)
  await addPictures(scope, api, personId)
  const workspace = await api.accounts.workspace()
  const [first] = connected
  if (first && workspace.defaultConnectionId === null) {
    await api.accounts.updateWorkspace({ defaultConnectionId: first.connectionId })
  }
  const waits = await writePosts(api, connected, workspace)
  if (!waits || pass >= mostPasses) return
  const next = new Date(scope.clock.now().getTime() + passEveryMs)
  await scope.tx((tx) => scope.jobs.send(tx, fillSampleJob, { ...payload, pass: pass + 1 }, next))
}

async function addPictures(scope: Scope, api: OwnApi, createdBy: string): Promise<void> {
  const there = await library(api)
  for (const name of Object.keys(pictures) as PictureName[]) {
    if (there.has(name)) continue
    const { altText } = pictures[name]
    await addAsset(scope, { name, altText, createdBy, bytes: await drawPicture(name) })
  }
}

async function library(api: OwnApi) {
  const { items } = await api.media.assets({ limit: 100 })
  return new Map(items.map((asset) => [asset.name, asset]))
}

type Calendar = { timeZone: string; createdAt: string }

/** Writes what can be written. True when some posts wait for their pictures. */
async function writePosts(api: OwnApi, connected: Connected[], calendar: Calendar) {
  const files = await library(api)
  const { items } = await api.publishing.posts({ limit: 100 })
  const written = new Map(items.map((row) => [row.title, row]))
  let waits = false
  for (const shop of shops) {
    const account = connected.find((one) => one.account === shop.name)
    if (!account) continue
    await setSlots(api, account.connectionId, shop)
    for (const post of shop.posts) {
      const row = written.get(post.title)
      const isDone = row && (post.fate === 'draft' || row.targets[0]?.state !== 'draft')
      if (isDone) continue
      const assets = post.pictures.map((name) => files.get(name))
      if (assets.some((asset) => asset?.state === 'processing')) waits = true
      else if (assets.every((asset) => asset?.state === 'ready')) {
        const media = assets.flatMap((one) =>
          one ? [{ assetId: one.id, altText: one.altText }] : [],
        )
        const made = row
          ? await api.publishing.post({ id: row.postId })
          : await write(api, shop, account, post, media)
        await decideFate(api, post, made, calendar)
      }
    }
  }
  return waits
}

async function setSlots(api: OwnApi, id: string, { slots }: Shop): Promise<void> {
  const now = await api.publishing.slots({ id })
  if (now.items.length === 0) await api.publishing.setSlots({ id, items: slots })
}

function write(
  api: OwnApi,
  { site }: Shop,
  { connectionId, boards }: Connected,
  { board, title, body, fate }: SamplePost,
  media: { assetId: string; altText: string }[],
) {
  const [anyBoard = ''] = boards.values()
  const id = fate === 'refused' ? '1' : (boards.get(board) ?? anyBoard)
  const page = title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return api.publishing.createPost({
    title,
    body,
    link: `${site}/${page}`,
    media,
    targets: [{ connectionId, destination: { id, childId: null } }],
  })
}

async function decideFate(
  api: OwnApi,
  { fate }: SamplePost,
  { id, version }: { id: string; version: number },
  calendar: Calendar,
): Promise<void> {
  if (fate === 'draft') return
  const { post } = await api.publishing.schedulePost({
    id,
    version,
    when: whenOf(fate, calendar),
    acceptWarnings: ['duplicate_post'],
  })
  const [target] = post.targets
  if (fate === 'cancelled' && target) await api.publishing.cancel({ id: target.id })
}

function whenOf(fate: Exclude<SamplePost['fate'], 'draft'>, { timeZone, createdAt }: Calendar) {
  if (fate === 'now' || fate === 'refused') return { kind: 'now' as const }
  if (fate === 'queue') return { kind: 'queue' as const }
  const { day, time } = fate === 'cancelled' ? { day: 7, time: '12:00' } : fate
  const start = Temporal.Instant.from(createdAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return { kind: 'at' as const, local: `${start.add({ days: day })}T${time}` }
}
