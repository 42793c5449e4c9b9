import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from 'mediabunny'
import sharp from 'sharp'
import { type Sandbox, type SandboxOptions, startSandbox } from './start.ts'

export const APP = {
  id: 'sandbox-pinterest-app',
  basic: `Basic ${btoa('sandbox-pinterest-app:sandbox-pinterest-secret')}`,
}
export const REDIRECT = 'http://localhost:4000/connections/pinterest/callback'
export const PUBLISHING = [
  'user_accounts:read',
  'boards:read',
  'boards:write',
  'pins:read',
  'pins:write',
]

export type Body = Record<string, unknown>

/** An answer with its body read as JSON; a body that is none reads as empty. */
export type Reply = { status: number; headers: Headers; text: string; body: Body }

async function read(response: Response): Promise<Reply> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parsed(text) }
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** A sandbox of a test's own, and what a client of it says most. */
export class TestWorld {
  readonly sandbox: Sandbox

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  static async start(options: SandboxOptions = {}): Promise<TestWorld> {
    return new TestWorld(await startSandbox({ port: 0, ...options }))
  }

  get url(): string {
    return this.sandbox.url
  }

  close(): Promise<void> {
    return this.sandbox.close()
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Reply> {
    return read(await fetch(`${this.url}${path}`, { redirect: 'manual', ...init }))
  }

  /** `/_sandbox/...` */
  async control(method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await this.fetch(`/_sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`)
    return reply
  }

  /** A new authorisation; returns its access token. */
  async grant(account = 'fernandbloom', scopes = PUBLISHING): Promise<string> {
    const { body } = await this.control('POST', '/pinterest/grants', { account, scopes })
    return (body.token as { access_token: string }).access_token
  }

  /** A call to Pinterest's API. */
  api(token: string, method: string, path: string, body?: unknown): Promise<Reply> {
    return this.fetch(`/api.pinterest.com/v5${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  token(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
    return this.fetch('/api.pinterest.com/v5/oauth/token', {
      method: 'POST',
      headers: { authorization: APP.basic, ...headers },
      body: new URLSearchParams(form),
    })
  }

  /** Ids of an account's boards by name, secret ones too. */
  async boards(account = 'fernandbloom'): Promise<Map<string, string>> {
    const { pinterest } = this.sandbox.world
    const ids = pinterest.boardsOf(pinterest.account(account)?.id ?? '').ids()
    return new Map(ids.map((id) => [pinterest.boards.get(id)?.name ?? '', id]))
  }

  async firstBoard(account = 'fernandbloom'): Promise<string> {
    const [id] = (await this.boards(account)).values()
    if (!id) throw new Error(`${account} has no board`)
    return id
  }

  history(type?: string): Body[] {
    return [...this.sandbox.world.history.after(0, type)]
  }
}

/** A small picture in base64. */
export async function picture(type: 'jpeg' | 'png' = 'jpeg', colour = '#b5562f'): Promise<string> {
  const image = sharp({ create: { width: 40, height: 60, channels: 3, background: colour } })
  return (await image.toFormat(type).toBuffer()).toString('base64')
}

export const image = (data: string, contentType = 'image/jpeg') => ({
  source_type: 'image_base64',
  content_type: contentType,
  data,
})

/** The container of a video with one key frame a second; nothing in it can be decoded, nor needs to be. */
export async function video(seconds: number, codec: 'avc' | 'vp9' = 'avc'): Promise<Buffer> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat(), target })
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source)
  await output.start()
  const decoderConfig =
    codec === 'avc'
      ? {
          codec: 'avc1.42c01f',
          codedWidth: 720,
          codedHeight: 1280,
          description: Uint8Array.from([
            1, 0x42, 0xc0, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0xc0, 0x1f, 1, 0, 4, 0x68, 0xce,
            0x3c, 0x80,
          ]),
        }
      : { codec: 'vp09.00.10.08', codedWidth: 720, codedHeight: 1280 }
  for (let second = 0; second < seconds; second += 1) {
    const packet = new EncodedPacket(Uint8Array.from([0, 0, 0, 2, 0x65, 0x88]), 'key', second, 1)
    await source.add(packet, { decoderConfig })
  }
  await output.finalize()
  return Buffer.from(target.buffer ?? new ArrayBuffer(0))
}

/** Posts a registered video's bytes to the storage, fields first. */
export function uploadForm(parameters: Record<string, string>, bytes: Buffer): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(parameters)) form.append(name, value)
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'video/mp4' }), 'clip.mp4')
  return form
}
