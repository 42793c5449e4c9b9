import { describe, expect, it, vi } from 'vitest'
import { type KeptUpload, UploadFault, type UploadPorts, Uploads } from './uploads.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

type Wire = {
  upload: KeptUpload
  url: (url: string) => void
  progress: (sent: number) => void
  arrive: (assetId: string) => void
  break: (fault: UploadFault) => void
  stopped: boolean
}

/** A browser that outlives its pages: what is kept on the device, and the wires to the server. */
function browser() {
  const device = new Map<string, KeptUpload>()
  const wires: Wire[] = []
  const ended: string[] = []
  const locked = new Set<string>()
  let count = 0
  const ports: UploadPorts = {
    send: (upload, on) => {
      const { promise, resolve, reject } = Promise.withResolvers<{ assetId: string }>()
      const wire: Wire = {
        upload,
        ...on,
        arrive: (assetId) => resolve({ assetId }),
        break: reject,
        stopped: false,
      }
      wires.push(wire)
      return {
        done: promise,
        stop: () => {
          wire.stopped = true
        },
      }
    },
    end: async (url) => void ended.push(url),
    keep: async (upload) => void device.set(upload.id, { ...upload }),
    forget: async (id) => void device.delete(id),
    kept: async (workspaceId) =>
      [...device.values()].filter((one) => one.workspaceId === workspaceId),
    alone: async (name, work) => {
      if (locked.has(name)) return false
      locked.add(name)
      await work()
      locked.delete(name)
      return true
    },
    newId: () => `u${++count}`,
    now: () => count,
  }
  return { ports, device, wires, ended, locked, page: () => new Uploads(ports) }
}

const file = (name: string, size = 10) => new File([new Uint8Array(size)], name)
const states = (uploads: Uploads) => uploads.all().map((one) => one.state)

describe('uploads', () => {
  it('sends three at once and the next when one has arrived', async () => {
    const { page, wires } = browser()
    const uploads = page()
    uploads.add('w', [file('a'), file('b'), file('c'), file('d')])
    await settled()
    expect(states(uploads)).toEqual(['sending', 'sending', 'sending', 'waiting'])
    wires[0]!.arrive('asset-a')
    await settled()
    expect(states(uploads)).toEqual(['sent', 'sending', 'sending', 'sending'])
    expect(uploads.all()[0]).toMatchObject({ assetId: 'asset-a', sent: 10 })
  })

  it('goes on after the page is loaded again, where the server left off', async () => {
    const world = browser()
    world.page().add('w', [file('a')], 'post-1')
    await settled()
    world.wires[0]!.url('/uploads/1')
    await settled()
    world.locked.clear()
    const again = world.page()
    await again.restore('w')
    await settled()
    expect(world.wires[1]!.upload).toMatchObject({ uploadUrl: '/uploads/1', name: 'a' })
    expect(again.all()[0]).toMatchObject({ purpose: 'post-1', kept: true })
    world.wires[1]!.arrive('asset-a')
    await settled()
    expect(world.device.size).toBe(0)
  })

  it('restores only once, and only this workspace', async () => {
    const world = browser()
    world.page().add('other', [file('a')])
    const again = world.page()
    await again.restore('w')
    await again.restore('w')
    expect(again.all()).toEqual([])
  })

  it('leaves an upload to the page that has it, and takes over when asked', async () => {
    const world = browser()
    world.page().add('w', [file('a')])
    await settled()
    const second = world.page()
    await second.restore('w')
    await settled()
    expect(states(second)).toEqual(['elsewhere'])
    world.locked.clear()
    second.resume('u1')
    await settled()
    expect(states(second)).toEqual(['sending'])
  })

  it('pauses over a reload and resumes by hand', async () => {
    const world = browser()
    const uploads = world.page()
    uploads.add('w', [file('a')])
    await settled()
    uploads.pause('u1')
    await settled()
    expect(world.wires[0]!.stopped).toBe(true)
    const again = world.page()
    await again.restore('w')
    expect(states(again)).toEqual(['paused'])
    again.resume('u1')
    await settled()
    expect(states(again)).toEqual(['sending'])
  })

  it('says why it failed and sends again on request', async () => {
    const world = browser()
    const uploads = world.page()
    uploads.add('w', [file('a')])
    await settled()
    world.wires[0]!.break(new UploadFault('The disk of the server is full'))
    await settled()
    expect(uploads.all()[0]).toMatchObject({
      state: 'failed',
      words: 'The disk of the server is full',
    })
    uploads.resume('u1')
    await settled()
    expect(world.wires).toHaveLength(2)
  })

  it('cancels at the server and on the device', async () => {
    const world = browser()
    const uploads = world.page()
    uploads.add('w', [file('a')])
    await settled()
    world.wires[0]!.url('/uploads/1')
    await uploads.cancel('u1')
    expect(uploads.all()).toEqual([])
    expect(world.ended).toEqual(['/uploads/1'])
    expect(world.device.size).toBe(0)
  })

  it('goes on without a place to keep the file, and says so', async () => {
    const world = browser()
    world.ports.keep = vi.fn().mockRejectedValue(new Error('quota'))
    const uploads = world.page()
    uploads.add('w', [file('a')])
    await settled()
    expect(uploads.all()[0]).toMatchObject({ state: 'sending', kept: false })
  })
})
