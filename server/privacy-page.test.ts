import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { accountRecipients } from './modules/accounts/index.ts'
import { networkRecipients } from './modules/networks/index.ts'
import { mountPrivacyPage } from './modules/privacy/mount-privacy-page.ts'
import { currentVersion, hashDeclarations } from './modules/privacy/privacy-version.ts'
import { printed, renderSentence } from './modules/privacy/render-sentence.ts'
import { sentences } from './modules/privacy/sentences.ts'
import { dataClasses } from './personal-data.ts'
import { type Config, readConfig } from './platform/config.ts'
import { purposes } from './platform/data-map.ts'
import { platformRecipients } from './platform/recipients.ts'
import versions from './privacy-versions.json' with { type: 'json' }

const version = currentVersion(versions)
const root = join(import.meta.dirname, '..')

const recipientsOf = (config: Config) => [
  ...platformRecipients(config),
  ...accountRecipients(config),
  ...networkRecipients(config),
]

async function privacyPage(env: Record<string, string> = {}) {
  const config = readConfig(env)
  const server = Fastify()
  mountPrivacyPage(server, { config, recipients: recipientsOf(config) }, { dataClasses, version })
  const answer = await server.inject('/privacy')
  await server.close()
  return { answer, text: answer.body }
}
const asHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;')

describe('the privacy page', () => {
  it('names every declared kind of data with its clock, and the version', async () => {
    const { answer, text } = await privacyPage()
    expect(answer.statusCode).toBe(200)
    for (const { name, clock, table } of dataClasses) {
      expect(text).toContain(asHtml(name.slice(0, 1).toUpperCase() + name.slice(1)))
      expect(text).toContain(asHtml(clock.words))
      expect(text).toContain(table)
    }
    expect(text).toContain(`Version <b>${version.number}</b>`)
    expect(text).toContain(version.hash)
  })

  it('prints each sentence that has a proof, with its proof, and no other', async () => {
    const { text } = await privacyPage()
    for (const sentence of sentences) {
      const words = asHtml(renderSentence(sentence, dataClasses))
      expect([sentence.id, text.includes(words)]).toEqual([sentence.id, sentence.proofs.length > 0])
      for (const proof of sentence.proofs) expect(text).toContain(proof.replaceAll('>', '&gt;'))
    }
    expect(text).not.toMatch(/\{clock/)
  })

  it('runs no script, takes nothing from elsewhere, and may do no more than that', async () => {
    const { answer, text } = await privacyPage()
    expect(text).not.toMatch(/<script|\son\w+=|style="|https?:[^"]*\.(css|js|woff2?|png)/)
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/style-src 'sha256-[\w+/=]+'/)
    expect(policy).not.toMatch(/unsafe|script-src|\*/)
  })

  it('lists the recipients that are in use here, and not the others', async () => {
    const sandbox = await privacyPage()
    expect(sandbox.text).toContain('played by the sandbox')
    const real = await privacyPage({
      PINTEREST_CLIENT_ID: '123456',
      PINTEREST_CLIENT_SECRET: 'pinterest-secret',
      SMTP_HOST: 'mail.example.org',
      MAIL_FROM: 'Avow <hello@example.org>',
    })
    expect(real.text).toContain('The mail server mail.example.org')
    expect(real.text).toContain('<h3>Pinterest ')
    expect(real.text).not.toContain('<h3>Resend ')
    expect(real.text).not.toContain('<h3>Google ')
    expect(real.text).not.toContain('played by the sandbox')
    expect(real.text).not.toContain('pinterest-secret')
  })

  it('speaks only of recipients that the register knows', () => {
    const everything = readConfig({
      PINTEREST_CLIENT_ID: '123456',
      PINTEREST_CLIENT_SECRET: 's',
      GOOGLE_CLIENT_ID: 'g',
      GOOGLE_CLIENT_SECRET: 's',
      S3_BUCKET: 'bucket',
      S3_REGION: 'eu-central-1',
      S3_ACCESS_KEY_ID: 'k',
      S3_SECRET_ACCESS_KEY: 's',
      RESEND_API_KEY: 're_123',
      MAIL_FROM: 'hello@example.org',
    })
    const known = recipientsOf(everything).map(({ group, processor }) => group ?? processor)
    for (const { id, recipients } of dataClasses) {
      expect([id, recipients.filter((name) => !known.includes(name))]).toEqual([id, []])
    }
  })
})

describe('a sentence', () => {
  it('claims only what is declared', () => {
    const ids = ['*', ...dataClasses.map(({ id }) => id)]
    for (const { id, claims } of sentences) {
      expect([id, claims.filter((claim) => !ids.includes(claim))]).toEqual([id, []])
    }
  })

  it.each(printed(sentences).flatMap(({ id, proofs }) => proofs.map((proof) => [id, proof])))(
    '%s is proven by a test that exists: %s',
    (_id, proof) => {
      const [file = '', ...titles] = proof.split(' > ')
      expect(existsSync(join(root, file)), file).toBe(true)
      const source = readFileSync(join(root, file), 'utf8')
      for (const title of titles) expect(source).toContain(title)
    },
  )
})

describe('the purposes', () => {
  it('are a closed list in which nothing is sold, advertised, profiled or used for training', () => {
    const forbidden = /advertis|market|profil|sell|sale|rent|broker|train/i
    expect(purposes.filter((purpose) => forbidden.test(purpose))).toEqual([])
    for (const dataClass of dataClasses) {
      expect([dataClass.id, dataClass.purposes.filter((p) => !purposes.includes(p))]).toEqual([
        dataClass.id,
        [],
      ])
    }
  })
})

describe('the version of the page', () => {
  it('is raised whenever a declaration or a promise changes', () => {
    const hash = hashDeclarations(dataClasses)
    expect(
      version.hash,
      `The declarations have changed. Append to server/privacy-versions.json the next number, the day from which it holds, and the hash ${hash}`,
    ).toBe(hash)
  })

  it('is the last of a list in which each has its number, day and hash', () => {
    expect(versions.map(({ number }) => number)).toEqual(versions.map((_, i) => i + 1))
    expect(new Set(versions.map((each) => each.hash)).size).toBe(versions.length)
    const days = versions.map(({ effective }) => effective)
    expect(days).toEqual(days.toSorted())
    for (const day of days) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  it('changes with any clock, purpose or column, and not with the order of fields', () => {
    const [first, ...rest] = dataClasses
    const before = hashDeclarations(dataClasses)
    const changes = [
      { clock: { kind: 'while', words: 'for ever' } },
      { purposes: ['send service mail'] },
      { columns: [...(first?.columns ?? []), 'mood'] },
      { recipients: ['somebody'] },
      { erase: { keep: 'because' } },
    ]
    for (const change of changes) {
      expect(hashDeclarations([{ ...first, ...change } as typeof first & {}, ...rest])).not.toBe(
        before,
      )
    }
    const turned = Object.fromEntries(Object.entries(first ?? {}).reverse())
    expect(hashDeclarations([turned as typeof first & {}, ...rest])).toBe(before)
  })
})
