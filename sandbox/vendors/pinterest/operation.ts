import type { z } from 'zod'
import type { Answer, Call, VendorRoute } from '../../vendor.ts'
import { type Caller, requireCaller, requireScopes } from './authorise.ts'
import { invalid, invalidInput, Refusal } from './refusal.ts'
import type { RateCategory } from './types.ts'

const API_HOSTS = ['api.pinterest.com', 'api-sandbox.pinterest.com']

type Operation = {
  /** `POST /pins`, as the official description writes it. */
  name: string
  /** From its `security` in the official description. */
  scopes: readonly string[]
  category: RateCategory
  handle: (call: Call, caller: Caller) => Answer | Promise<Answer>
}

/** An operation that a person's token opens: authentication, rate limit, scopes, then the work. */
export function operation({ name, scopes, category, handle }: Operation): VendorRoute {
  return route(name, async (call) => {
    const caller = requireCaller(call)
    const { pinterest, clock } = call.world
    const rate = pinterest.rateLimits.count(caller.app, caller.account.id, category, clock.now())
    const answer = await answerOf(() => {
      requireScopes(caller, scopes)
      return handle(call, caller)
    })
    return { ...answer, headers: { ...rate, ...answer.headers } }
  })
}

/** A route on the API's hosts whose refusals become Pinterest's error bodies. */
export function route(name: string, handle: VendorRoute['handle']): VendorRoute {
  const [method, path] = name.split(' ') as [VendorRoute['method'], string]
  return {
    hosts: API_HOSTS,
    method,
    path: `/v5${path.replace(/\{(\w+)\}/g, ':$1')}`,
    operation: name,
    handle: async (call) => {
      const answer = await answerOf(() => handle(call))
      return { ...answer, headers: { ...answer.headers, 'x-pinterest-rid': call.requestId } }
    },
  }
}

async function answerOf(work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return error.answer()
    throw error
  }
}

/** The body as the schema knows it. Refuses anything else, naming the field. */
export function readBody<T>(call: Call, schema: z.ZodType<T>): T {
  const type = call.headers['content-type'] ?? ''
  if (!type.startsWith('application/json')) {
    throw invalid('Invalid request: the Content-Type must be application/json')
  }
  const parsed = schema.safeParse(parseJson(call.body))
  if (!parsed.success) throw invalidInput(parsed.error, 'body')
  return parsed.data
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw invalid('Invalid request: the body is not valid JSON')
  }
}

/** The query as the schema knows it; a repeated or comma-joined parameter stays one text. */
export function readQuery<T>(call: Call, schema: z.ZodType<T>): T {
  const query: Record<string, string> = {}
  for (const [name, value] of call.url.searchParams) {
    query[name] = name in query ? `${query[name]},${value}` : value
  }
  const parsed = schema.safeParse(query)
  if (!parsed.success) throw invalidInput(parsed.error, 'query parameter')
  return parsed.data
}
