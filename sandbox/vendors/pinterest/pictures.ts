import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import sharp from 'sharp'
import { renderScene } from '../../seed/scenes.ts'
import type { World } from '../../world.ts'
import type { Account, Picture } from './types.ts'

const HOST = 'i.pinimg.com'
const YEAR = 'public, max-age=31536000, immutable'

type Size = { width?: number; height?: number }

/** The sizes that the API names, as the picture host's folders. */
const SIZES: Record<string, Size> = {
  '150x150': { width: 150, height: 150 },
  '236x': { width: 236 },
  '400x300': { width: 400, height: 300 },
  '474x': { width: 474 },
  '600x': { width: 600 },
  '1200x': { width: 1200 },
  originals: {},
}

/** The picture host: each picture in each size, made when it is first asked for and then kept. */
export function mountPictures(app: FastifyInstance, world: World): void {
  app.get(`/${HOST}/280x280_RS/avatars/:name`, (request, reply) =>
    sendAvatar(world, request, reply),
  )
  app.get(`/${HOST}/:size/:a/:b/:c/:name`, (request, reply) => sendPicture(world, request, reply))
  app.get('/v1.pinimg.com/videos/:name', (request, reply) => sendVideo(world, request, reply))
}

async function sendAvatar(world: World, request: FastifyRequest, reply: FastifyReply) {
  const { name } = request.params as { name: string }
  const account = world.pinterest.accounts.get(name.replace(/\.jpg$/, ''))
  if (!account) return reply.code(404).send('Not found')
  const file = `avatar-${account.id}`
  await world.files.keepAs(file, () => renderAvatar(account))
  return reply.type('image/jpeg').send(world.files.stream(file))
}

const renderAvatar = (account: Account) => renderScene(account.avatar, 280, 280)

async function sendPicture(world: World, request: FastifyRequest, reply: FastifyReply) {
  const { size, name } = request.params as { size: string; name: string }
  const [, file, ending] = /^([0-9a-f]{32})\.(jpg|png)$/.exec(name) ?? []
  const wanted = SIZES[size]
  if (!file || !wanted) return reply.code(404).send('Not found')
  const original = await originalOf(world, file)
  if (!original) return reply.code(404).send('Not found')
  const shown = size === 'originals' ? file : `${file}-${size}`
  await world.files.keepAs(shown, () => resized(world.files.pathOf(file), wanted))
  const type = size === 'originals' && ending === 'png' ? 'image/png' : 'image/jpeg'
  return reply.header('cache-control', YEAR).type(type).send(world.files.stream(shown))
}

/** The stored bytes of a picture; a scene is drawn first. False when nobody has ever sent it. */
async function originalOf(world: World, file: string): Promise<boolean> {
  if (world.files.has(file)) return true
  const scene = sceneOf(world, file)
  if (!scene?.scene) return false
  const { scene: drawn, width, height } = scene
  await world.files.keepAs(file, () => renderScene(drawn, width, height))
  return true
}

const scenes = new WeakMap<World, Map<string, Picture>>()

function sceneOf(world: World, file: string): Picture | undefined {
  let known = scenes.get(world)
  if (!known) {
    known = collectScenes(world)
    scenes.set(world, known)
  }
  return known.get(file)
}

/** Once: only the seed brings scenes, and it brings the same ones on every first day. */
function collectScenes(world: World): Map<string, Picture> {
  const found = new Map<string, Picture>()
  for (const { media } of world.pinterest.pins.values()) {
    const pictures =
      media.type === 'image'
        ? [media.picture]
        : media.type === 'carousel'
          ? media.items.map((item) => item.picture)
          : []
    for (const picture of pictures) if (picture.scene) found.set(picture.file, picture)
  }
  return found
}

/** Upright, flattened on white and never enlarged, as the network shows it. */
function resized(path: string, { width, height }: Size): Promise<Buffer> {
  const image = sharp(path, { failOn: 'none' }).autoOrient()
  return image
    .resize({
      ...(width ? { width } : {}),
      ...(height ? { height } : {}),
      fit: 'cover',
      withoutEnlargement: !height,
    })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 84 })
    .toBuffer()
}

async function sendVideo(world: World, request: FastifyRequest, reply: FastifyReply) {
  const { name } = request.params as { name: string }
  if (!/^video-[\w-]+\.mp4$/.test(name) || !world.files.has(name)) {
    return reply.code(404).send('Not found')
  }
  const size = await world.files.size(name)
  reply.type('video/mp4').header('accept-ranges', 'bytes')
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  if (from === undefined || (!from && !to)) {
    return reply.header('content-length', size).send(world.files.stream(name))
  }
  const start = from ? Number(from) : Math.max(0, size - Number(to))
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1
  if (start > end) return reply.code(416).header('content-range', `bytes */${size}`).send()
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${size}`)
    .header('content-length', end - start + 1)
    .send(world.files.stream(name, { start, end }))
}
