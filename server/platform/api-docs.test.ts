import { readFileSync } from 'node:fs'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namedSchemas, notes } from '../../contract/description.ts'
import { apiPrefix, contract } from '../../contract/index.ts'
import { mountApiDocs } from './api-docs.ts'

let server: FastifyInstance
let document: {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}
type Operation = {
  operationId: string
  security: Record<string, string[]>[]
  parameters?: { $ref?: string; name?: string }[]
  responses: Record<string, unknown>
}
let page: string
let policy: string

beforeAll(async () => {
  server = Fastify()
  const facts = { contract, prefix: apiPrefix, url: 'https://avow.example.com' }
  await mountApiDocs(server, { ...facts, namedSchemas, notes })
  document = (await server.inject(`${apiPrefix}/openapi.json`)).json()
  const answer = await server.inject('/api/docs')
  page = answer.body
  policy = String(answer.headers['content-security-policy'])
})
afterAll(() => server.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
const named = (id: string) => {
  const found = operations().find(({ operation }) => operation.operationId === id)
  if (!found) throw new Error(`No ${id}`)
  return found.operation
}
const takes = (operation: Operation, parameter: string) =>
  operation.parameters?.some(({ $ref }) => $ref === `#/components/parameters/${parameter}`) ?? false

/** Every route that the contract files write down. */
function contractRoutes(): string[] {
  const found: string[] = []
  const walk = (part: object) => {
    for (const value of Object.values(part)) {
      const route = value['~orpc']?.route
      if (route) found.push(`${route.method} ${route.path}`)
      else walk(value)
    }
  }
  walk(contract)
  return found
}

describe('the description of the API', () => {
  it('has every route of the contract and no other', () => {
    const described = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`)
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(described.toSorted()).toEqual(contractRoutes().toSorted())
    expect(document.servers).toEqual([{ url: 'https://avow.example.com/api/v1' }])
  })

  it('refers only to what it holds', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)
    const missing = [...references]
      .map(([, path = '']) => path)
      .filter((path) => {
        const [a = '', b = '', c = ''] = path.split('/')
        return (document as unknown as Record<string, Record<string, object>>)[a]?.[b] === undefined
          ? true
          : !(c in document.components[b]!)
      })
    expect(missing).toEqual([])
  })

  it('says of each route who may call it, how it fails, and what its limits are', () => {
    expect(named('accounts.start').security).toEqual([])
    expect(named('accounts.createApiKey').security).toEqual([{ session: [] }])
    expect(named('publishing.posts').security).toEqual([{ key: [] }, { session: [] }])
    for (const { operation } of operations()) {
      const statuses = Object.keys(operation.responses)
      expect(statuses).toEqual(expect.arrayContaining(['400', '429', 'default']))
      expect(statuses.includes('401')).toBe(operation.security.length > 0)
    }
    const answer = named('publishing.posts').responses['200'] as { headers: object }
    expect(Object.keys(answer.headers)).toContain('RateLimit-Remaining')
  })

  it('offers an Idempotency-Key on the creating calls, and only there', () => {
    expect(takes(named('publishing.createPost'), 'IdempotencyKey')).toBe(true)
    expect(takes(named('publishing.posts'), 'IdempotencyKey')).toBe(false)
    expect(Object.keys(named('publishing.createPost').responses)).toContain('409')
  })

  it('takes no password: the one password field is that of signing in, which is no part of it', () => {
    expect(JSON.stringify(document)).not.toMatch(/"[^"]*password[^"]*":\{/i)
  })
})

describe('the page about the API', () => {
  it('shows every route with its method, path and summary', () => {
    for (const { path, method, operation } of operations()) {
      expect(page).toContain(`<article class="route" id="${operation.operationId}"`)
      expect(page).toContain(`${method.toUpperCase()}</span> <code>${path}</code>`)
    }
  })

  it('leads every link on the page to something on it', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(links.filter((id) => !ids.has(id))).toEqual([])
    expect(ids.size).toBe([...page.matchAll(/ id="/g)].length)
  })

  it('takes nothing from elsewhere, and runs only the search that we serve', async () => {
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect([...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script src="/api/docs/search.js" defer>',
    ])
    const script = await server.inject('/api/docs/search.js')
    expect(script.headers['content-type']).toContain('text/javascript')
    expect(script.body).toBe(readFileSync(new URL('./api-docs-search.js', import.meta.url), 'utf8'))
  })

  it('shows a call that can be copied, with only what is needed', () => {
    expect(page).toContain(`curl -X POST &#39;https://avow.example.com/api/v1/posts&#39;`)
    expect(page).toContain('Idempotency-Key: ')
    expect(page).toContain('Bearer avk_…')
  })
})
