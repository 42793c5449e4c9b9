import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, describeConfig, readConfig, sandboxCredentials } from './config.ts'
import { configurationPage } from './config-docs.ts'

const key = () => randomBytes(32).toString('base64')
const smtp = { SMTP_HOST: 'smtp.example.com', MAIL_FROM: 'Avow <a@example.com>' }

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('configuration', () => {
  it('needs nothing at all: one machine, embedded database, sandbox, its mailbox', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      url: 'http://localhost:4000',
      secure: false,
      host: '127.0.0.1',
      port: 4000,
      role: 'all',
      dataFolder: './data',
      trustedProxies: [],
      database: { url: undefined, adminUrl: undefined, pool: 10 },
      masterKey: { key: undefined, file: 'data/master.key', mayCreate: true, previous: [] },
      sandboxUrl: 'http://localhost:4100',
      mail: { driver: 'resend', apiKey: 're_sandbox' },
      pinterest: sandboxCredentials.pinterest,
      google: sandboxCredentials.google,
      s3: undefined,
      lateCutoffHours: 24,
      warnings: [],
    })
  })

  it('takes an empty or blank value as unset', () => {
    expect(readConfig({ AVOW_PORT: '', S3_BUCKET: ' ', PINTEREST_CLIENT_ID: '' })).toEqual(
      readConfig({}),
    )
  })

  it('lists all faults at once, names the variable and never shows the value', () => {
    const faults = faultsOf({
      AVOW_PORT: '70000',
      AVOW_ROLE: 'boss',
      AVOW_URL: 'http://avow.example.com',
      AVOW_MASTER_KEY: 'hunter2-too-short',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      PINTEREST_CLIENT_SECRET: 'hunter2',
      LOG_LEVEL: 'loud',
      AVOW_TRUSTED_PROXY: '10.0.0.0/8,proxy',
      EGRESS_PRIVATE_HOSTS: 'ok.example, ftp://x',
    })
    const named = faults.map((fault) => fault.split(':')[0]).sort()
    expect(named).toEqual([
      'AVOW_MASTER_KEY',
      'AVOW_PORT',
      'AVOW_ROLE',
      'AVOW_TRUSTED_PROXY',
      'AVOW_URL',
      'DATABASE_URL',
      'EGRESS_PRIVATE_HOSTS',
      'LOG_LEVEL',
      'PINTEREST_CLIENT_ID',
    ])
    expect(faults.join()).not.toContain('hunter2')
  })

  it.each([
    [{ PINTEREST_CLIENT_ID: 'x', ...smtp }, 'PINTEREST_CLIENT_SECRET'],
    [{ GOOGLE_CLIENT_SECRET: 'x' }, 'GOOGLE_CLIENT_ID'],
    [{ S3_BUCKET: 'b', S3_REGION: 'r' }, 'S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY'],
    [{ S3_ENDPOINT: 'https://s3.example.com' }, 'S3_BUCKET'],
    [{ SMTP_HOST: 'smtp.example.com' }, 'MAIL_FROM'],
    [{ SMTP_USER: 'u', SMTP_PASSWORD: 'p' }, 'SMTP_HOST'],
    [{ ...smtp, SMTP_USER: 'u' }, 'SMTP_PASSWORD'],
    [{ ...smtp, SMTP_TLS: 'none' }, 'SMTP_TLS'],
    [{ ...smtp, RESEND_API_KEY: 're_1' }, 'SMTP_HOST, RESEND_API_KEY'],
    [{ RESEND_API_KEY: 're_1' }, 'MAIL_FROM'],
    [{ SANDBOX: 'off' }, 'SMTP_HOST or RESEND_API_KEY'],
    [{ DATABASE_ADMIN_URL: 'postgres://localhost/a' }, 'DATABASE_URL'],
    [{ AVOW_MASTER_KEY: key(), AVOW_MASTER_KEY_FILE: '/k' }, 'AVOW_MASTER_KEY'],
    [{ AVOW_URL: 'https://avow.example.com/app' }, 'AVOW_URL'],
    [{ AVOW_URL: 'https://u:p@avow.example.com' }, 'AVOW_URL'],
  ])('refuses what is half configured or contradicts itself: %o', (env, named) => {
    const faults = faultsOf(env as unknown as Record<string, string>)
    expect(faults.some((fault) => fault.startsWith(named))).toBe(true)
  })

  it('wants TLS to a database elsewhere, and none on this machine', () => {
    const plain = [
      'postgres://u:p@db.example.com/avow',
      'postgresql://10.0.0.5/avow?sslmode=prefer',
    ]
    for (const url of plain) {
      expect(faultsOf({ DATABASE_URL: url })[0]).toMatch(/^DATABASE_URL: add sslmode/)
    }
    for (const url of [
      'postgres://u:p@db.example.com/avow?sslmode=require',
      'postgres://u:p@db.example.com/avow?sslmode=verify-full',
      'postgres://u:p@localhost:5433/avow',
      'postgres://127.0.0.1/avow',
      'postgres://[::1]/avow',
      'postgres:///avow?host=/var/run/postgresql',
    ]) {
      expect(faultsOf({ DATABASE_URL: url })).toEqual([])
    }
    const sneaky = 'postgres://localhost/avow?host=db.example.com'
    expect(faultsOf({ DATABASE_URL: sneaky })).toHaveLength(1)
  })

  it('leaves the sandbox when a real credential is there, unless told otherwise', () => {
    const real = { PINTEREST_CLIENT_ID: '15', PINTEREST_CLIENT_SECRET: 's', ...smtp }
    expect(readConfig(real)).toMatchObject({
      sandboxUrl: undefined,
      google: undefined,
      pinterest: { clientId: '15', clientSecret: 's' },
      mail: { driver: 'smtp', host: 'smtp.example.com', port: 587, tls: 'starttls' },
    })
    expect(readConfig({ ...real, SANDBOX: 'on' }).sandboxUrl).toBe('http://localhost:4100')
    expect(readConfig({ ...smtp }).sandboxUrl).toBe('http://localhost:4100')
  })

  it('makes no key of its own behind a public address', () => {
    const publicly = readConfig({ AVOW_URL: 'https://avow.example.com' })
    expect(publicly.secure).toBe(true)
    expect(publicly.masterKey.mayCreate).toBe(false)
    expect(publicly.warnings).toHaveLength(1)
    const [current, older] = [key(), key()]
    const { masterKey } = readConfig({ AVOW_MASTER_KEY: current, AVOW_MASTER_KEY_PREVIOUS: older })
    expect(masterKey.key?.toString('base64')).toBe(current)
    expect(masterKey.previous.map((bytes) => bytes.toString('base64'))).toEqual([older])
  })

  it('tells of a variable that it does not know', () => {
    expect(readConfig({ AVOW_PROT: '1', PATH: '/bin' }).warnings[0]).toContain('AVOW_PROT')
  })

  it('reads every default and private host in the form that it documents', () => {
    const spelled = Object.fromEntries(describeConfig().map((row) => [row.name, row.default]))
    expect(readConfig(spelled)).toEqual(readConfig({}))
    const hosts = 'hooks.internal, minio.internal:9000, http://10.1.2.3:8080'
    expect(readConfig({ EGRESS_PRIVATE_HOSTS: hosts }).privateHosts).toEqual([
      'https://hooks.internal',
      'https://minio.internal:9000',
      'http://10.1.2.3:8080',
    ])
  })

  it('is documented as it is: docs/configuration.md is up to date', () => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')
    expect(page).toBe(configurationPage())
  })
})
