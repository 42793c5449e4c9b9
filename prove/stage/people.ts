import { setTimeout as wait } from 'node:timers/promises'
import type { Stage } from './stage.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are read for what the proof expects of them
type Answer = any

const password = 'a long walk by the quiet harbour'
const network = 'pinterest'
const scopes = ['user_accounts:read', 'boards:read', 'boards:write', 'pins:read', 'pins:write']

/** Somebody with an account of Avow, who signed in as a browser does. */
export type Person = { cookie: string }

/** A workspace with a connection, as a program uses it through an API key. */
export type Shop = {
  workspaceId: string
  connectionId: string
  boards: { id: string; name: string; sections: string[] }[]
  key: string
  api(method: string, path: string, body?: unknown): Promise<Answer>
  /** Sends a file to the library; its id, once it is prepared. */
  upload(name: string, type: string, bytes: Buffer): Promise<string>
}

/** Creates an account and confirms its e-mail from the sandbox's mailbox. */
export async function signUp(stage: Stage): Promise<Person> {
  const email = `prover-${crypto.randomUUID()}@example.com`
  await post(`${stage.url}/api/auth/sign-up/email`, stage, { name: 'Prover', email, password })
  const link = await eventually('the mail that confirms', async () => {
    const path = `/mailbox?to=${encodeURIComponent(email)}`
    const { mails } = await stage.sandbox<{ mails: { links: string[] }[] }>('GET', path)
    return mails[0]?.links.find((one) => one.startsWith(stage.url))
  })
  await fetch(link, { redirect: 'manual' })
  const signedIn = await post(`${stage.url}/api/auth/sign-in/email`, stage, { email, password })
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  return { cookie: cookie.join('; ') }
}

/** Makes a workspace, connects a new account of the network with boards, and makes a key. */
export async function openShop(stage: Stage, person: Person, name: string): Promise<Shop> {
  const account = await stage.sandbox<{ id: string }>('POST', '/pinterest/accounts', {
    username: name,
  })
  const boards: Shop['boards'] = []
  for (const title of ['First board', 'Second board']) {
    const board = await stage.sandbox<{ id: string; name: string; sections: { id: string }[] }>(
      'POST',
      '/pinterest/boards',
      { account: name, name: title, sections: ['Part one', 'Part two'] },
    )
    boards.push({ id: board.id, name: title, sections: board.sections.map(({ id }) => id) })
  }
  const session = (method: string, path: string, body?: unknown, workspaceId?: string) =>
    ask(stage, method, path, body, {
      cookie: person.cookie,
      origin: stage.url,
      ...(workspaceId ? { 'avow-workspace': workspaceId } : {}),
    })
  const wanted = { name, timeZone: 'Europe/Amsterdam', weekStart: 1 }
  const { id: workspaceId } = await session('POST', '/workspaces', wanted)
  const connectionId = await connect(stage, person, account.id, workspaceId)
  const permissions = ['read', 'posts.write', 'posts.publish', 'media.write']
  const { key } = await session('POST', '/api-keys', { name, permissions }, workspaceId)
  const authorization = { authorization: `Bearer ${key}` }
  const api: Shop['api'] = (method, path, body) => ask(stage, method, path, body, authorization)
  return {
    workspaceId,
    connectionId,
    boards,
    key,
    api,
    upload: (file, type, bytes) => upload(stage, api, authorization, { file, type, bytes }),
  }
}

/** Goes to the network's consent page, allows everything, and comes back. The connection's id. */
async function connect(
  stage: Stage,
  { cookie }: Person,
  accountId: string,
  workspaceId: string,
): Promise<string> {
  const headers = { cookie, origin: stage.url, 'avow-workspace': workspaceId }
  const wanted = { network, returnTo: `/w/${workspaceId}/connections` }
  const started = await ask(stage, 'POST', '/connections/start', wanted, headers)
  const form = new URLSearchParams({ decision: 'allow', account: accountId })
  for (const scope of scopes) form.append('scope', scope)
  const decided = await fetch(started.authorizeUrl, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  const back = await fetch(decided.headers.get('location') ?? '', {
    headers: { cookie },
    redirect: 'manual',
  })
  const page = new URL(back.headers.get('location') ?? '', stage.url)
  const id = page.searchParams.get('connected')
  if (!id) throw new Error(`The account was not connected: ${page.href}`)
  return id
}

async function ask(
  stage: Stage,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(`${stage.url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text ? JSON.parse(text) : null
}

async function post(url: string, stage: Stage, body: unknown): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stage.url },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${await response.text()}`)
  return response
}

type File = { file: string; type: string; bytes: Buffer }

/** Uploads by the tus protocol, in one piece. */
async function upload(
  stage: Stage,
  api: Shop['api'],
  authorization: Record<string, string>,
  { file, type, bytes }: File,
): Promise<string> {
  const inBase64 = (text: string) => Buffer.from(text).toString('base64')
  const tus = { ...authorization, 'tus-resumable': '1.0.0' }
  const made = await fetch(`${stage.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `name ${inBase64(file)},type ${inBase64(type)}`,
    },
  })
  const location = made.headers.get('location')
  if (!location) throw new Error(`The upload was not begun: ${made.status} ${await made.text()}`)
  const sent = await fetch(new URL(location, stage.url), {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  const id = sent.headers.get('avow-asset-id')
  if (!id) throw new Error(`The upload was not taken: ${sent.status} ${await sent.text()}`)
  await eventually(`${file} to be prepared`, async () => {
    const { state, refusal } = await api('GET', `/assets/${id}`)
    if (state === 'refused') throw new Error(`${file} was refused: ${refusal}`)
    return state === 'ready'
  })
  return id
}

/** Asks until there is an answer; fails after `seconds` with what was awaited. */
export async function eventually<T>(
  what: string,
  question: () => Promise<T | undefined | null | false>,
  seconds = 60,
): Promise<T> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const found = await question()
    if (found) return found
    if (Date.now() > until) throw new Error(`Waited ${seconds} s in vain for ${what}`)
    await wait(100)
  }
}
