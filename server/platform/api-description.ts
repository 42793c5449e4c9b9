import type { AnyContractRouter, OpenAPI } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { traverseContractProcedures } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { z } from 'zod'
import type { Meta } from '../../contract/base.ts'
import { ErrorBody, errorStatus } from '../../contract/errors.ts'

export type ApiFacts = {
  contract: AnyContractRouter
  /** Where the routes are served, such as `/api/v1`. */
  prefix: string
  /** Public origin of the installation. */
  url: string
  /** Shapes to tell once, under these names. */
  namedSchemas?: Readonly<Record<string, z.ZodType>>
  /** What the routes alone do not say. */
  notes?: readonly { title: string; words: string }[]
}

/** Beside a route in the description: who may call it, as the contract says. */
export type DescribedOperation = OpenAPI.OperationObject & { 'x-avow': Meta }

const general: readonly { title: string; words: string }[] = [
  {
    title: 'Keys',
    words:
      'Send an API key as `Authorization: Bearer avk_…`. A key belongs to one workspace and holds the permissions that it was made with. It is shown once, when it is made, and can be revoked at any time. A few routes are open only to a person who is signed in; they say so.',
  },
  {
    title: 'Errors',
    words:
      'Every answer that is not a success has the shape ErrorBody: a `code` for programs, a `message` that says what happened, often a `field` and a `fix`, and the `requestId` that is also in the header `x-request-id`.',
  },
  {
    title: 'Creating once',
    words:
      'Calls that create something take an `Idempotency-Key`: any text of 1 to 255 visible characters, new for each thing. The same key with the same body gives the same answer for 24 hours and creates nothing again; with another body the answer is 409 `idempotency_mismatch`.',
  },
  {
    title: 'Lists',
    words:
      'Lists come in pages: `items` and `nextCursor`. Send `nextCursor` as `cursor` to get the next page; null is the end.',
  },
  {
    title: 'Limits',
    words:
      'Each answer to a key tells its limit: `RateLimit-Limit` calls in the current window, `RateLimit-Remaining` left, `RateLimit-Reset` seconds until it is full again. Over the limit the answer is 429 with `Retry-After`.',
  },
]

/** The description of the API in OpenAPI 3.1, made from the contract alone. */
export async function describeApi(facts: ApiFacts): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const schemas = { ErrorBody, ...facts.namedSchemas }
  const document = await generator.generate(facts.contract, {
    info: {
      title: 'Avow',
      version: facts.prefix.split('/').at(-1) ?? '',
      description: notesOf(facts)
        .map(({ title, words }) => `## ${title}\n\n${words}`)
        .join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: facts.url + facts.prefix }],
    commonSchemas: Object.fromEntries(
      // As answers carry them: what a shape says of defaults and inputs is with the routes.
      Object.entries(schemas).map(([name, schema]) => [name, { schema, strategy: 'output' }]),
    ),
    customErrorResponseBodySchema: () => ({ $ref: '#/components/schemas/ErrorBody' }),
  })
  const metas = metaByOperation(facts.contract)
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path ?? {}) as DescribedOperation[]) {
      const meta = metas.get(operation.operationId ?? '')
      if (!meta) throw new Error(`${operation.operationId} does not say who may call it`)
      complete(operation, meta)
    }
  }
  document.components = { ...document.components, ...sharedComponents() }
  return withoutNoise(document) as OpenAPI.Document
}

export const notesOf = ({ notes = [] }: Pick<ApiFacts, 'notes'>) => [...general, ...notes]

function metaByOperation(contract: AnyContractRouter): ReadonlyMap<string, Meta> {
  const metas = new Map<string, Meta>()
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
    metas.set(path.join('.'), procedure['~orpc'].meta as Meta)
  })
  return metas
}

export const isForPersonsOnly = (meta: Meta): boolean =>
  meta.who === 'person' || meta.sessionOnly === true

/** Who may call a route, in words. */
export function whoMayCall(meta: Meta): string {
  if (meta.who === 'public') return 'Anybody, without a key.'
  if (meta.who === 'person') return 'A person who is signed in, never a key.'
  const permission = `the permission “${meta.who}”`
  return meta.sessionOnly
    ? `A member who is signed in and has ${permission}, never a key.`
    : `A key or a member with ${permission}.`
}

/** Adds what is the same for all routes and follows from who may call them. */
function complete(operation: DescribedOperation, meta: Meta): void {
  operation['x-avow'] = meta
  operation.description = whoMayCall(meta)
  const parameters = (operation.parameters ?? []) as OpenAPI.ParameterObject[]
  for (const parameter of parameters) {
    delete parameter.allowEmptyValue
    delete parameter.allowReserved
  }
  const hasPathParameter = parameters.some((parameter) => parameter.in === 'path')
  if (meta.creates) parameters.push(reference('parameters', 'IdempotencyKey') as never)
  if (meta.who === 'public') operation.security = []
  else if (isForPersonsOnly(meta)) operation.security = [{ session: [] }]
  else operation.security = [{ key: [] }, { session: [] }]
  if (meta.who !== 'public' && meta.who !== 'person') {
    parameters.push(reference('parameters', 'Workspace') as never)
  }
  if (parameters.length > 0) operation.parameters = parameters

  const responses = operation.responses ?? {}
  for (const response of Object.values(responses)) {
    if ('$ref' in response) continue
    ;(response as OpenAPI.ResponseObject).headers = {
      'x-request-id': reference('headers', 'RequestId'),
      ...(isForPersonsOnly(meta) || meta.who === 'public' ? {} : rateLimitHeaders()),
    }
  }
  const refusals = [
    400,
    ...(meta.who === 'public' ? [] : [401]),
    ...(meta.who === 'public' || meta.who === 'person' ? [] : [403]),
    ...(hasPathParameter || meta.who !== 'public' ? [404] : []),
    ...(meta.creates ? [409] : []),
    429,
  ]
  for (const status of refusals) responses[status] = reference('responses', `Error${status}`)
  responses.default = reference('responses', 'Error')
  operation.responses = responses
}

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

const rateLimitHeaders = () => ({
  'RateLimit-Limit': reference('headers', 'RateLimitLimit'),
  'RateLimit-Remaining': reference('headers', 'RateLimitRemaining'),
  'RateLimit-Reset': reference('headers', 'RateLimitReset'),
})

function sharedComponents(): Partial<OpenAPI.ComponentsObject> {
  const content = { 'application/json': { schema: reference('schemas', 'ErrorBody') } }
  const codes = (status: number) =>
    Object.entries(errorStatus)
      .filter(([, value]) => value === status)
      .map(([code]) => code)
      .join(', ')
  const statuses = [400, 401, 403, 404, 409]
  const number = (description: string) => ({ description, schema: { type: 'integer' } }) as const
  return {
    securitySchemes: {
      key: { type: 'http', scheme: 'bearer', description: 'An API key, `avk_…`' },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'avow.session_token',
        description: 'The session of a person who signed in on the page',
      },
    },
    parameters: {
      IdempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        description: 'New for each thing that you mean to create',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      Workspace: {
        name: 'avow-workspace',
        in: 'header',
        description: 'Which workspace; needed with a session, a key knows its own',
        schema: { type: 'string', format: 'uuid' },
      },
    },
    headers: {
      RequestId: { description: 'Id of this call, also in the log', schema: { type: 'string' } },
      RateLimitLimit: number('Calls that the key has in a window'),
      RateLimitRemaining: number('Calls left in this window'),
      RateLimitReset: number('Seconds until the window ends'),
      RetryAfter: number('Seconds to wait'),
    },
    responses: {
      ...Object.fromEntries(
        statuses.map((status) => [`Error${status}`, { description: codes(status), content }]),
      ),
      Error429: {
        description: codes(429),
        headers: { 'Retry-After': reference('headers', 'RetryAfter') },
        content,
      },
      Error: { description: 'Any other refusal or failure', content },
    },
  }
}

// Bounds of what JavaScript can count to say nothing about the API.
function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, part]) =>
          !(name === 'minimum' && part === Number.MIN_SAFE_INTEGER) &&
          !(name === 'maximum' && part === Number.MAX_SAFE_INTEGER),
      )
      .map(([name, part]) => [name, withoutNoise(part)]),
  )
}
