import { readFile } from 'node:fs/promises'
import { Upload as TusUpload } from 'tus-js-client'
import type { Role } from '../../../contract/accounts.ts'
import { newId } from '../../platform/ids.ts'
import { sessionCookie } from '../../test-kit/session-cookie.ts'
import type { TestApp } from '../../test-kit/start-test-app.ts'
import { createPerson, createWorkspace } from '../accounts/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
type Answer = { status: number; headers: Headers; text: string; bytes: Buffer; body: any }

/** Somebody who is signed in, with a workspace, and their browser. */
export class Uploader {
  readonly app: TestApp
  readonly personId: string
  readonly workspaceId: string
  cookie = ''

  constructor(app: TestApp, personId: string, workspaceId: string) {
    this.app = app
    this.personId = personId
    this.workspaceId = workspaceId
  }

  get headers(): Record<string, string> {
    return { cookie: this.cookie, origin: this.app.url, 'avow-workspace': this.workspaceId }
  }

  async signIn(): Promise<this> {
    this.cookie = await sessionCookie(this.app, this.personId)
    return this
  }

  async send(path: string, init: RequestInit = {}, url = this.app.url): Promise<Answer> {
    const headers = { ...this.headers, ...(init.headers as Record<string, string>) }
    // biome-ignore lint/style/noRestrictedGlobals: a browser of a test, not a way out of ours
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers })
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString('utf8')
    const body = text.startsWith('{') ? JSON.parse(text) : null
    return { status: response.status, headers: response.headers, bytes, text, body }
  }

  api(method: string, path: string, body?: unknown): Promise<Answer> {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return this.send(`/api/v1${path}`, { method, ...(body === undefined ? {} : json) })
  }

  asset = async (id: string) => (await this.api('GET', `/assets/${id}`)).body

  /** One request of the tus protocol. */
  tus(method: string, path: string, headers: Record<string, string>, body?: Buffer, url?: string) {
    const all = { 'tus-resumable': '1.0.0', ...headers }
    const sent = body ? { body: new Uint8Array(body) } : {}
    return this.send(path, { method, headers: all, ...sent }, url)
  }

  /** Begins an upload. Its path. */
  async begin(bytes: number, name = 'photo.jpg', url?: string): Promise<string> {
    const metadata = `name ${Buffer.from(name).toString('base64')}`
    const headers = { 'upload-length': String(bytes), 'upload-metadata': metadata }
    const answer = await this.tus('POST', '/api/v1/uploads', headers, undefined, url)
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`)
    return new URL(answer.headers.get('location') ?? '', this.app.url).pathname
  }

  patch(path: string, offset: number, bytes: Buffer, url?: string) {
    const headers = {
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    }
    return this.tus('PATCH', path, headers, bytes, url)
  }

  async offsetOf(path: string): Promise<number> {
    return Number((await this.tus('HEAD', path, {})).headers.get('upload-offset'))
  }

  /** Uploads as the page does, in chunks. The id of the file; the job that prepares it waits. */
  upload(bytes: Buffer, name: string, chunkSize = 1024 * 1024): Promise<string> {
    return new Promise((done, fail) => {
      let id: string | undefined
      new TusUpload(bytes, {
        endpoint: `${this.app.url}/api/v1/uploads`,
        headers: this.headers,
        metadata: { name, type: 'application/octet-stream' },
        chunkSize,
        retryDelays: null,
        onAfterResponse: (_request, response) => {
          id = response.getHeader('avow-asset-id') ?? id
        },
        onSuccess: () => (id ? done(id) : fail(new Error('The file was not named'))),
        onError: fail,
      }).start()
    })
  }

  /** Uploads and lets the work on it end. The file as the API shows it. */
  async add(from: Buffer | string, name: string) {
    const id = await this.upload(typeof from === 'string' ? await readFile(from) : from, name)
    await this.app.drain()
    return this.asset(id)
  }
}

export async function newUploader(app: TestApp, name: string): Promise<Uploader> {
  const personId = await createPerson(app.platform, { name, email: `${newId()}@example.com` })
  const wanted = { name: `${name}’s`, timeZone: 'Europe/Amsterdam', weekStart: 1 }
  const { id } = await createWorkspace(app.platform, personId, wanted)
  return new Uploader(app, personId, id).signIn()
}

/** Another person, in the same workspace, with this role. */
export async function newColleague(of: Uploader, role: Role): Promise<Uploader> {
  const { app, workspaceId } = of
  const personId = await createPerson(app.platform, { name: role, email: `${newId()}@example.com` })
  await app.admin.query(
    'insert into memberships (workspace_id, id, user_id, role) values ($1, $2, $3, $4)',
    [workspaceId, newId(), personId, role],
  )
  return new Uploader(app, personId, workspaceId).signIn()
}
