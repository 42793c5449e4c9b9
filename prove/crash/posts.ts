import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { makeVideo } from '../../server/modules/media/test-files.ts'
import type { Shop } from '../stage/people.ts'
import type { Stage } from '../stage/stage.ts'

/** The files of a workspace's library, by their ids. */
export type Library = { images: string[]; video: string }

/** A short video, which a network has to process before a post can show it. */
export async function makeClip(stage: Stage): Promise<Buffer> {
  const path = join(stage.folder, 'clip.mp4')
  await makeVideo(path, { seconds: 4, width: 240, height: 360, rate: 5, sound: false })
  return readFile(path)
}

/** A few pictures and the video in the library of a workspace. */
export async function fillLibrary(shop: Shop, clip: Buffer): Promise<Library> {
  const images = ['#b5562f', '#3f7d58', '#2f4b8c'].map(async (background, index) => {
    const shape = { width: 400, height: 600, channels: 3, background } as const
    const bytes = await sharp({ create: shape }).jpeg().toBuffer()
    return shop.upload(`picture-${index}.jpg`, 'image/jpeg', bytes)
  })
  const video = shop.upload('clip.mp4', 'video/mp4', clip)
  return { images: await Promise.all(images), video: await video }
}

type Post = { id: string; version: number }

/**
 * Writes the posts numbered from `first` up, and lets them go at once. Among them are videos,
 * carousels, posts to a section, to two boards, and twins that look the same; and posts that nobody
 * approved, or that were changed after they were, of which nothing may ever be seen.
 *
 * @returns how many targets were approved
 */
export async function letGo(shop: Shop, library: Library, number: number): Promise<number> {
  const kind = number % 20
  const [first, second] = shop.boards
  if (!first || !second) throw new Error('A shop has two boards')
  const places =
    kind === 6
      ? [place(first.id), place(second.id)]
      : [place(first.id, kind === 1 || kind === 2 ? first.sections[kind - 1] : undefined)]
  const files = mediaOf(library, kind)
  const draft = {
    // A twin says what the one before it says.
    title: `Post ${kind === 7 ? number - 1 : number}`,
    body: 'Dahlias and dried grass, tied by hand.',
    link: `https://shop.example/${kind === 7 ? number - 1 : number}`,
    media: files.map((assetId) => ({ assetId, altText: 'A bouquet on a table' })),
    targets: places.map((destination) => ({ connectionId: shop.connectionId, destination })),
  }
  if (kind === 11) await neverApproved(shop, draft)
  const post: Post = await shop.api('POST', '/posts', draft)
  await schedule(shop, post, { kind: 'now' })
  return places.length
}

const place = (id: string, childId: string | undefined = undefined) => ({
  id,
  childId: childId ?? null,
})

function mediaOf({ images, video }: Library, kind: number): string[] {
  if (kind % 5 === 0) return [video]
  const [first = '', ...more] = images

  return kind === 3 || kind === 4 ? [first, ...more] : [first]
}

async function schedule(shop: Shop, { id, version }: Post, when: object): Promise<void> {
  const acceptWarnings = ['duplicate_post']
  await shop.api('POST', `/posts/${id}/schedule`, { version, when, acceptWarnings })
}

/** One is only written. One was approved, but says something else since. */
async function neverApproved(shop: Shop, draft: { title: string; link: string }): Promise<void> {
  const link = `${draft.link}-never`
  await shop.api('POST', '/posts', { ...draft, link, title: 'Never approved' })
  const post: Post = await shop.api('POST', '/posts', {
    ...draft,
    link: `${link}-changed`,
    title: 'Approved',
  })
  const soon = new Date(Date.now() + 90_000)
  const local = soon.toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' })
  await schedule(shop, post, { kind: 'at', local: local.replace(' ', 'T').slice(0, 16) })
  const { version }: Post = await shop.api('GET', `/posts/${post.id}`)
  await shop.api('PATCH', `/posts/${post.id}`, { version, title: 'Changed after it was approved' })
}
