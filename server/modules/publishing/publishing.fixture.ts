import sharp from 'sharp'
import type { TargetState } from '../../../contract/publishing.ts'
import { addAsset } from '../media/index.ts'
import { type NetworksApp, newPerson, type Person } from '../networks/networks.fixture.ts'

export { fault, startNetworks as startPublishing } from '../networks/networks.fixture.ts'
export type { NetworksApp as PublishingApp, Person }

/** A person with a workspace, a connection, a board of it, and a picture in the library. */
export async function newPublisher(app: NetworksApp, account?: string) {
  const person = await newPerson(app, 'Fern')
  const connectionId = await person.connect(account)
  const { body } = await person.api('GET', `/connections/${connectionId}/destinations`)
  const [board, otherBoard] = body.items as { id: string; name: string }[]
  if (!board || !otherBoard) throw new Error('The sandbox has no boards')
  const assetId = await addPicture(person)
  return { app, person, connectionId, board, otherBoard, assetId }
}
export type Publisher = Awaited<ReturnType<typeof newPublisher>>

/** A picture of its own in the library, prepared. */
export async function addPicture(person: Person): Promise<string> {
  const hue = Math.floor(Math.random() * 360)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900"><rect width="600" height="900" fill="hsl(${hue},60%,60%)"/><circle cx="300" cy="400" r="${100 + hue / 4}" fill="white"/></svg>`
  const bytes = await sharp(Buffer.from(svg)).jpeg().toBuffer()
  const id = await addAsset(person.scope, { name: 'bouquet.jpg', bytes, createdBy: person.id })
  await person.app.drain()
  return id
}

/** The same person, with boards that nothing stands on. */
export async function withNewBoards(p: Publisher): Promise<Publisher> {
  const make = async () => {
    const name = `Board ${crypto.randomUUID()}`
    const { body } = await p.app.sandbox('POST', '/pinterest/boards', {
      account: 'fernandbloom',
      name,
    })
    return { id: body.id as string, name }
  }
  return { ...p, board: await make(), otherBoard: await make() }
}

type Draft = Record<string, unknown>

/** Writes a post with a picture to the board. */
export async function write(p: Publisher, over: Draft = {}) {
  const answer = await p.person.api('POST', '/posts', {
    title: 'Autumn bouquet',
    body: 'Dahlias and dried grass, tied by hand.',
    link: 'https://fernandbloom.example/autumn',
    media: [{ assetId: p.assetId, altText: 'A bouquet on a table' }],
    targets: [{ connectionId: p.connectionId, destination: { id: p.board.id, childId: null } }],
    ...over,
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}

export async function schedule(
  p: Publisher,
  post: { id: string; version: number },
  over: Draft = {},
) {
  return p.person.api('POST', `/posts/${post.id}/schedule`, {
    version: post.version,
    when: { kind: 'now' },
    acceptWarnings: ['duplicate_post'],
    ...over,
  })
}

export async function readPost(p: Publisher, id: string) {
  const { body } = await p.person.api('GET', `/posts/${id}`)
  return body
}

export async function stateOf(p: Publisher, postId: string): Promise<TargetState> {
  return (await readPost(p, postId)).targets[0].state
}

type Pin = { id: string; board: string; title: string | null; link: string | null }

/** What the sandbox itself counts on a board since the world began. */
export async function pinsOn(app: NetworksApp, boardId: string): Promise<Pin[]> {
  const { body } = await app.sandbox('GET', '/history?type=pin.created')
  const entries: Pin[] = body
  return entries.filter((pin) => pin.board === boardId)
}

/** Lets time pass in both worlds and the engine work, so many times. */
export async function letTimePass(p: Publisher, ms: number, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await p.app.moveTime(ms)
    await p.app.sandbox('POST', '/clock', { advanceMs: ms })
    await p.app.drain()
  }
}
