import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { faultInput } from '../faults.ts'
import { removeBoard } from '../vendors/pinterest/boards.ts'
import type { World } from '../world.ts'
import { clockPage } from './clock-page.ts'
import { faultPage } from './fault-page.ts'
import { sendPage } from './send-page.ts'

const NUMBERS = new Set(['times', 'probability', 'status', 'retryAfter', 'reset', 'ms', 'code'])

type Form = Record<string, string>

/** What the buttons of the world's pages do. Each ends on a page that shows the result. */
export function mountActions(app: FastifyInstance, world: World, operations: string[]): void {
  const act = (
    path: string,
    work: (form: Form, id: string, reply: FastifyReply) => string | FastifyReply | Promise<string>,
  ) =>
    app.post(path, async (request, reply) => {
      const form = Object.fromEntries(new URLSearchParams(String(request.body ?? '')))
      const { id = '' } = request.params as { id?: string }
      const next = await work(form, id, reply)
      if (typeof next !== 'string') return next
      world.changed()
      return reply.code(303).header('location', next).send()
    })

  act('/world/faults', (form, _id, reply) => {
    const rule = faultInput.safeParse(filled(form))
    if (!rule.success) {
      return sendPage(reply, faultPage(world, operations, z.prettifyError(rule.error)), {
        status: 400,
      })
    }
    world.faults.add(rule.data)
    return '/world/faults'
  })
  act('/world/faults/clear', () => {
    world.faults.clear()
    return '/world/faults'
  })
  act('/world/faults/:id/delete', (_form, id) => {
    world.faults.remove(id)
    return '/world/faults'
  })
  act('/world/clock', (form, _id, reply) => {
    const problem = moveClock(world, form)
    return problem ? sendPage(reply, clockPage(world, problem), { status: 400 }) : '/world/clock'
  })
  act('/world/mailbox/clear', () => {
    world.mailbox.clear()
    return '/world/mailbox'
  })
  act('/world/reset', async () => {
    await world.reset()
    return '/'
  })
  act('/world/pinterest/accounts/:id/revoke', (_form, id) => {
    world.pinterest.revokeGrantsOf(id, world.clock.now())
    return `/www.pinterest.com/${world.pinterest.accounts.get(id)?.username ?? ''}/`
  })
  act('/world/pinterest/boards/:id/delete', (_form, id) => {
    const board = world.pinterest.boards.get(id)
    if (!board) return '/'
    removeBoard(world, board, { requestId: 'page', fault: null })
    return `/www.pinterest.com/${world.pinterest.accounts.get(board.accountId)?.username ?? ''}/`
  })
  act('/world/pinterest/pins/:id/delete', (_form, id) => deletePin(world, id))
}

/** The fields that were filled in, numbers as numbers. */
function filled(form: Form): Record<string, unknown> {
  const entries = Object.entries(form).filter(([, value]) => value !== '')
  return Object.fromEntries(
    entries.map(([name, value]) => [name, NUMBERS.has(name) ? Number(value) : value]),
  )
}

function moveClock(world: World, form: Form): string | undefined {
  if (form.real) {
    world.clock.toRealTime()
    return undefined
  }
  const change = {
    ...(form.advanceMs === undefined ? {} : { advanceMs: Number(form.advanceMs) }),
    ...(form.rate === undefined ? {} : { rate: Number(form.rate) }),
    ...(form.now === undefined ? {} : { nowMs: Date.parse(`${form.now}Z`) }),
  }
  const isSound = Object.values(change).every(Number.isFinite) && (change.rate ?? 0) >= 0
  if (!isSound) return 'That is not a time.'
  world.clock.move(change)
  return undefined
}

function deletePin(world: World, id: string): string {
  const pin = world.pinterest.pins.get(id)
  if (!pin) return '/'
  world.pinterest.removePin(pin)
  const { username = '' } = world.pinterest.accounts.get(pin.accountId) ?? {}
  world.history.record(
    { type: 'pin.deleted', id, account: username, board: pin.boardId },
    { requestId: 'page', fault: null, sandboxAt: world.clock.iso() },
  )
  return `/www.pinterest.com/${username}/`
}
