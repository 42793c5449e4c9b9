import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

/** A wrong request to `/_sandbox`, answered as `{error}`. */
export class ControlProblem extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The JSON body in the schema's shape; an empty one counts as `{}`. Throws a ControlProblem naming every fault. */
export function readControlBody<T>(request: FastifyRequest, schema: z.ZodType<T>): T {
  const text = String(request.body ?? '')
  let given: unknown
  try {
    given = text === '' ? {} : JSON.parse(text)
  } catch {
    throw new ControlProblem(400, 'The body is not JSON')
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new ControlProblem(400, z.prettifyError(parsed.error))
  return parsed.data
}

export function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new ControlProblem(404, `There is no ${name}`)
  return thing
}
