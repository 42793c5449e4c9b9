/**
 * The configuration: the only place that reads the environment. All faults are found at once, and a
 * half-configured service stops the start instead of failing later.
 */
import { join } from 'node:path'
import {
  type Values,
  type Variable,
  type VariableName,
  variableGroups,
} from './config-variables.ts'

export type Config = {
  /** Public origin, e.g. `https://avow.example.com`, without a trailing slash. */
  url: string
  /** The public address is https: secure cookies, HSTS. */
  secure: boolean
  host: string
  port: number
  role: 'all' | 'web' | 'worker'
  dataFolder: string
  trustedProxies: string[]
  logLevel: Values['LOG_LEVEL']
  masterKey: {
    /** From the environment; otherwise it comes from `file`. */
    key: Buffer | undefined
    file: string
    /** Whether a missing file may be made with a new key. */
    mayCreate: boolean
    previous: Buffer[]
  }
  database: {
    /** Undefined: run the embedded PostgreSQL. */
    url: string | undefined
    adminUrl: string | undefined
    pool: number
  }
  workerConcurrency: number
  lateCutoffHours: number
  /** Waits of the publishing engine are divided by this; above 1 only in proofs. */
  pace: number
  /** Origin of the sandbox, or undefined when the real services are used. */
  sandboxUrl: string | undefined
  mail: MailConfig
  pinterest: OAuthClient | undefined
  google: OAuthClient | undefined
  s3: S3Config | undefined
  /** Origins that user-given addresses may name although they are private. */
  privateHosts: string[]
  /** Worth telling, not worth stopping for. */
  warnings: string[]
}

export type OAuthClient = { clientId: string; clientSecret: string }

export type MailConfig = { from: string } & (
  | { driver: 'resend'; apiKey: string }
  | {
      driver: 'smtp'
      host: string
      port: number
      tls: 'starttls' | 'tls' | 'none'
      login: { user: string; password: string } | undefined
    }
)

export type S3Config = {
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  endpoint: string | undefined
  pathStyle: boolean
  prefix: string
}

/** What the server shows the sandbox's vendors, which are open to everyone on this machine. */
export const sandboxCredentials = {
  pinterest: { clientId: 'sandbox-pinterest-app', clientSecret: 'sandbox-pinterest-secret' },
  google: { clientId: 'sandbox-google-client', clientSecret: 'sandbox-google-secret' },
  resendApiKey: 're_sandbox',
  mailFrom: 'Avow <hello@avow.example>',
} as const

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`)
    this.faults = faults
  }
}

type Env = Readonly<Record<string, string | undefined>>

/** The configuration of this process. @throws ConfigError listing every fault. */
export function loadConfig(): Config {
  return readConfig(process.env)
}

/** Reads a configuration out of any environment; touches nothing. @throws ConfigError */
export function readConfig(env: Env): Config {
  const { values, faults } = parseAll(env)
  faults.push(...halfGroups(values), ...contradictions(values))
  if (faults.length > 0) throw new ConfigError(faults)
  return build(values as Values, unknownNames(env))
}

function parseAll(env: Env): { values: Partial<Values>; faults: string[] } {
  const values: Record<string, unknown> = {}
  const faults: string[] = []
  for (const [name, variable] of allVariables()) {
    // An empty line in a .env file means unset.
    const parsed = variable.schema.safeParse(env[name]?.trim() || undefined)
    if (parsed.success) values[name] = parsed.data
    // Only what is wrong is said, never the value: it may be a secret.
    else faults.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`)
  }
  return { values: values as Partial<Values>, faults }
}

const togetherOrNotAtAll: readonly (readonly VariableName[])[] = [
  ['PINTEREST_CLIENT_ID', 'PINTEREST_CLIENT_SECRET'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ['SMTP_USER', 'SMTP_PASSWORD'],
]

const onlyWith: readonly (readonly [VariableName, VariableName])[] = [
  ['SMTP_USER', 'SMTP_HOST'],
  ['S3_ENDPOINT', 'S3_BUCKET'],
  ['DATABASE_ADMIN_URL', 'DATABASE_URL'],
]

function halfGroups(values: Partial<Values>): string[] {
  const faults: string[] = []
  for (const names of togetherOrNotAtAll) {
    const missing = names.filter((name) => values[name] === undefined)
    if (missing.length === 0 || missing.length === names.length) continue
    const present = names.filter((name) => values[name] !== undefined)
    faults.push(`${missing.join(', ')}: needed because ${present.join(', ')} is set`)
  }
  for (const [name, needed] of onlyWith) {
    if (values[name] !== undefined && values[needed] === undefined) {
      faults.push(`${needed}: needed because ${name} is set`)
    }
  }
  return faults
}

function contradictions(values: Partial<Values>): string[] {
  const faults: string[] = []
  const { AVOW_URL: url, SMTP_HOST: smtp, RESEND_API_KEY: resend } = values
  if (url && url.protocol !== 'https:' && !isThisMachine(url.hostname)) {
    faults.push('AVOW_URL: must be https, because it is not this machine')
  }
  for (const name of ['DATABASE_URL', 'DATABASE_ADMIN_URL'] as const) {
    const address = values[name]
    if (address && !isPrivateConnection(address)) {
      faults.push(`${name}: add sslmode=require or stricter, because it is not this machine`)
    }
  }
  if (values.AVOW_MASTER_KEY && values.AVOW_MASTER_KEY_FILE) {
    faults.push('AVOW_MASTER_KEY, AVOW_MASTER_KEY_FILE: set one of them')
  }
  if (smtp && resend) faults.push('SMTP_HOST, RESEND_API_KEY: set one of them')
  if ((smtp || resend) && !values.MAIL_FROM) {
    faults.push(`MAIL_FROM: needed because ${smtp ? 'SMTP_HOST' : 'RESEND_API_KEY'} is set`)
  }
  if (smtp && values.SMTP_TLS === 'none' && !isThisMachine(smtp)) {
    faults.push('SMTP_TLS: must be starttls or tls, because SMTP_HOST is not this machine')
  }
  if (!usesSandbox(values) && !smtp && !resend) {
    faults.push('SMTP_HOST or RESEND_API_KEY: one is needed when the sandbox is off')
  }
  return faults
}

function build(values: Values, unknown: string[]): Config {
  const secure = values.AVOW_URL.protocol === 'https:'
  const sandbox = usesSandbox(values)
  const warnings = unknown.map((name) => `${name} is not a variable of Avow; a misspelling?`)
  if (secure && sandbox) {
    warnings.push('The sandbox is on behind a public address: nothing reaches a real network.')
  }
  return {
    url: values.AVOW_URL.origin,
    secure,
    host: values.AVOW_HOST,
    port: values.AVOW_PORT,
    role: values.AVOW_ROLE,
    dataFolder: values.AVOW_DATA,
    trustedProxies: values.AVOW_TRUSTED_PROXY,
    logLevel: values.LOG_LEVEL,
    masterKey: {
      key: values.AVOW_MASTER_KEY,
      file: values.AVOW_MASTER_KEY_FILE ?? join(values.AVOW_DATA, 'master.key'),
      mayCreate: !secure && values.AVOW_MASTER_KEY_FILE === undefined,
      previous: values.AVOW_MASTER_KEY_PREVIOUS,
    },
    database: {
      url: values.DATABASE_URL,
      adminUrl: values.DATABASE_ADMIN_URL ?? values.DATABASE_URL,
      pool: values.DATABASE_POOL,
    },
    workerConcurrency: values.WORKER_CONCURRENCY,
    lateCutoffHours: values.AVOW_LATE_CUTOFF_HOURS,
    pace: values.PUBLISHING_PACE,
    sandboxUrl: sandbox ? values.SANDBOX_URL.origin : undefined,
    mail: mailOf(values),
    pinterest:
      clientOf(values.PINTEREST_CLIENT_ID, values.PINTEREST_CLIENT_SECRET) ??
      (sandbox ? sandboxCredentials.pinterest : undefined),
    google:
      clientOf(values.GOOGLE_CLIENT_ID, values.GOOGLE_CLIENT_SECRET) ??
      (sandbox ? sandboxCredentials.google : undefined),
    s3: s3Of(values),
    privateHosts: values.EGRESS_PRIVATE_HOSTS,
    warnings,
  }
}

/** Real credentials mean the real world, unless the sandbox is asked for. */
function usesSandbox(values: Partial<Values>): boolean {
  const { PINTEREST_CLIENT_ID, GOOGLE_CLIENT_ID, RESEND_API_KEY } = values
  return values.SANDBOX ?? !(PINTEREST_CLIENT_ID || GOOGLE_CLIENT_ID || RESEND_API_KEY)
}

function mailOf(values: Values): MailConfig {
  const from = values.MAIL_FROM ?? sandboxCredentials.mailFrom
  if (values.SMTP_HOST) {
    const { SMTP_USER: user, SMTP_PASSWORD: password } = values
    return {
      driver: 'smtp',
      from,
      host: values.SMTP_HOST,
      port: values.SMTP_PORT,
      tls: values.SMTP_TLS,
      login: user && password ? { user, password } : undefined,
    }
  }
  return {
    driver: 'resend',
    from,
    apiKey: values.RESEND_API_KEY ?? sandboxCredentials.resendApiKey,
  }
}

function clientOf(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId && clientSecret ? { clientId, clientSecret } : undefined
}

function s3Of(values: Values): S3Config | undefined {
  const { S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = values
  if (!(S3_BUCKET && S3_REGION && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY)) return undefined
  return {
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    endpoint: values.S3_ENDPOINT?.origin,
    pathStyle: values.S3_PATH_STYLE,
    prefix: values.S3_PREFIX,
  }
}

function isThisMachine(host: string): boolean {
  const name = host.toLowerCase()
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return name === '[::1]' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}

// Loopback, a socket in a folder, or TLS (libpq: prefer and allow may fall back to plain).
function isPrivateConnection(address: string): boolean {
  const url = new URL(address)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  if (host === '' || host.startsWith('/') || isThisMachine(host)) return true
  return ['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? '')
}

function allVariables(): [string, Variable][] {
  return variableGroups.flatMap((group): [string, Variable][] => Object.entries(group.variables))
}

function unknownNames(env: Env): string[] {
  const known = new Set(allVariables().map(([name]) => name))
  return Object.keys(env).filter((name) => name.startsWith('AVOW_') && !known.has(name))
}

export type ConfigRow = {
  group: string
  name: string
  meaning: string
  default: string
  example: string
  secret: boolean
}

/** One row a variable, in the order of the documentation. */
export function describeConfig(): ConfigRow[] {
  return variableGroups.flatMap((group) =>
    Object.entries(group.variables as Record<string, Variable>).map(([name, variable]) => ({
      group: group.title,
      name,
      meaning: variable.meaning,
      default: variable.default,
      example: variable.example,
      secret: variable.secret ?? false,
    })),
  )
}
