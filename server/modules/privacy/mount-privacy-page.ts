import type { FastifyInstance } from 'fastify'
import type { Platform } from '../../platform/context.ts'
import type { DataClass } from '../../platform/data-map.ts'
import { renderPrivacyPage } from './privacy-page.ts'
import type { PrivacyVersion } from './privacy-version.ts'

export type PrivacyFacts = {
  dataClasses: readonly DataClass[]
  version: PrivacyVersion
}

/** Serves /privacy. It is the same for everybody, so it is made once. */
export function mountPrivacyPage(
  server: FastifyInstance,
  { config, recipients }: Pick<Platform, 'config' | 'recipients'>,
  { dataClasses, version }: PrivacyFacts,
): void {
  const page = renderPrivacyPage({
    url: config.url,
    sandbox: config.sandboxUrl !== undefined,
    dataClasses,
    recipients,
    version,
  })
  server.get('/privacy', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', page.csp)
      .header('cache-control', 'public, max-age=300')
      .send(page.text),
  )
}
