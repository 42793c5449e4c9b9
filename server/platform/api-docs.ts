import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type ApiFacts, describeApi } from './api-description.ts'
import { renderApiDocs } from './api-docs-page.ts'

/**
 * Serves the description of the API (`<prefix>/openapi.json`) and its documentation (`/api/docs`),
 * both made once from the contract.
 */
export async function mountApiDocs(server: FastifyInstance, facts: ApiFacts): Promise<void> {
  const descriptionPath = `${facts.prefix}/openapi.json`
  const script = '/api/docs/search.js'
  const document = await describeApi(facts)
  const description = JSON.stringify(document)
  const page = renderApiDocs(document, { ...facts, script, descriptionPath })
  const search = await readFile(join(import.meta.dirname, 'api-docs-search.js'), 'utf8')
  const forFiveMinutes = 'public, max-age=300'

  server.get(descriptionPath, (_request, reply) =>
    reply.type('application/json').header('cache-control', forFiveMinutes).send(description),
  )
  server.get('/api/docs', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', page.csp)
      .header('cache-control', forFiveMinutes)
      .send(page.text),
  )
  server.get(script, (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', forFiveMinutes)
      .send(search),
  )
}
