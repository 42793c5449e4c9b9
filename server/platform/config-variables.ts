/**
 * Every environment variable of the server: its shape and its words. `config.ts` reads them,
 * docs/configuration.md is printed from them. A variable that is not here does not exist.
 */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

export type Variable<Out = unknown> = {
  schema: z.ZodType<Out, string | undefined>
  meaning: string
  /** As it would be written; empty means that it is unset. */
  default: string
  example: string
  /** Its value is never printed. */
  secret?: true
}

/** A variable that always has a value: its default is parsed like any other. */
function given<Out>(parts: Omit<Variable<Out>, 'schema'> & { schema: z.ZodType<Out, string> }) {
  return {
    ...parts,
    schema: z
      .string()
      .optional()
      .transform((text) => text ?? parts.default)
      .pipe(parts.schema),
  }
}

/** A variable that may be unset. */
function optional<Out>(
  parts: Omit<Variable, 'schema' | 'default'> & { schema: z.ZodType<Out, string> },
): Variable<Out | undefined> {
  return { ...parts, default: '', schema: parts.schema.optional() }
}

const text = z.string().min(1)
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max))
const onOff = z.enum(['on', 'off']).transform((value) => value === 'on')
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

const httpUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    context.addIssue('must be an http or https URL')
    return z.NEVER
  }
  if (url.username || url.password || url.search || url.hash || url.pathname !== '/') {
    context.addIssue('must be an origin: no path, query, fragment, user or password')
    return z.NEVER
  }
  return url
})

const postgresUrl = z.string().refine((value) => {
  return URL.canParse(value) && ['postgres:', 'postgresql:'].includes(new URL(value).protocol)
}, 'must be a postgres:// URL')

const masterKey = z.string().transform((value, context) => {
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length !== 32) {
    context.addIssue('must be 32 bytes in base64 (make one: openssl rand -base64 32)')
    return z.NEVER
  }
  return bytes
})

const masterKeys = list.transform((items, context) =>
  items.flatMap((item) => {
    const parsed = masterKey.safeParse(item)
    if (parsed.success) return [parsed.data]
    context.addIssue('each must be 32 bytes in base64')
    return []
  }),
)

const addressRanges = list.pipe(
  z.array(
    z.string().refine((item) => isIP(item) !== 0 || ipaddr.isValidCIDR(item), {
      error: 'must be IP addresses or CIDR ranges',
    }),
  ),
)

const privateHosts = list.pipe(
  z.array(
    z.string().transform((item, context) => {
      const parsed = httpUrl.safeParse(item.includes('://') ? item : `https://${item}`)
      if (parsed.success) return parsed.data.origin
      context.addIssue('must be host, host:port, http://host:port or https://host:port')
      return z.NEVER
    }),
  ),
)

const mailAddress = z
  .string()
  .regex(
    /^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/,
    'must be an address, or Name <address>',
  )

export const variableGroups = [
  {
    title: 'Server',
    words: 'Where Avow is reached and what this process does.',
    variables: {
      AVOW_URL: given({
        schema: httpUrl,
        meaning:
          'The address people type: links in mail, OAuth redirects and cookies are made from it. Must be https unless it is this machine.',
        default: 'http://localhost:4000',
        example: 'https://avow.example.com',
      }),
      AVOW_HOST: given({
        schema: text,
        meaning: 'The interface to listen on. `0.0.0.0` inside a container.',
        default: '127.0.0.1',
        example: '0.0.0.0',
      }),
      AVOW_PORT: given({
        schema: wholeNumber(0, 65535),
        meaning: 'The port to listen on. 0 takes any free one.',
        default: '4000',
        example: '8080',
      }),
      AVOW_ROLE: given({
        schema: z.enum(['all', 'web', 'worker']),
        meaning: '`web` answers requests, `worker` runs jobs, `all` does both in one process.',
        default: 'all',
        example: 'worker',
      }),
      AVOW_DATA: given({
        schema: text,
        meaning:
          'The folder of everything kept on disk: embedded database, files, backups, master key.',
        default: './data',
        example: '/var/lib/avow',
      }),
      AVOW_TRUSTED_PROXY: given({
        schema: addressRanges,
        meaning:
          'Addresses or ranges, separated by commas, of proxies whose X-Forwarded-* headers are believed. Empty believes none.',
        default: '',
        example: '10.0.0.0/8,127.0.0.1',
      }),
      LOG_LEVEL: given({
        schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
        meaning: 'The least important log line that is written.',
        default: 'info',
        example: 'debug',
      }),
    },
  },
  {
    title: 'Secrets at rest',
    words: 'The master key wraps one data key per workspace. Losing it loses every stored token.',
    variables: {
      AVOW_MASTER_KEY: optional({
        schema: masterKey,
        meaning:
          'The master key: 32 bytes in base64. When unset it is read from AVOW_MASTER_KEY_FILE.',
        example: 'the output of: openssl rand -base64 32',
        secret: true,
      }),
      AVOW_MASTER_KEY_FILE: optional({
        schema: text,
        meaning:
          'A file with the master key in base64. Default `master.key` inside AVOW_DATA, which is made once on a machine of one’s own; behind an https address it must exist already.',
        example: '/run/secrets/avow-master-key',
      }),
      AVOW_MASTER_KEY_PREVIOUS: given({
        schema: masterKeys,
        meaning:
          'Older master keys, separated by commas. They still open; what they open is wrapped anew.',
        default: '',
        example: 'two keys: AAAA…=,BBBB…=',
        secret: true,
      }),
    },
  },
  {
    title: 'Database',
    words: 'Without these an embedded PostgreSQL runs in AVOW_DATA.',
    variables: {
      DATABASE_URL: optional({
        schema: postgresUrl,
        meaning:
          'A PostgreSQL of your own, as the application connects. Needs `sslmode=require` or stricter unless it is on this machine.',
        example: 'postgres://avow:secret@db.example.com/avow?sslmode=verify-full',
        secret: true,
      }),
      DATABASE_ADMIN_URL: optional({
        schema: postgresUrl,
        meaning:
          'The same database as the owner of the schema: runs migrations and makes the application’s role. When unset, DATABASE_URL is used for that too.',
        example: 'postgres://owner:secret@db.example.com/avow?sslmode=verify-full',
        secret: true,
      }),
      DATABASE_POOL: given({
        schema: wholeNumber(2, 500),
        meaning: 'The most connections this process opens.',
        default: '10',
        example: '30',
      }),
    },
  },
  {
    title: 'Work',
    words: 'How much is done at once, and how late is too late.',
    variables: {
      WORKER_CONCURRENCY: given({
        schema: wholeNumber(1, 200),
        meaning: 'The most jobs that this process works on at once.',
        default: '10',
        example: '25',
      }),
      PUBLISHING_PACE: given({
        schema: wholeNumber(1, 1000),
        meaning:
          'For proofs only: how many times faster the waits of the publishing engine pass (leases, retries, looks).',
        default: '1',
        example: '60',
      }),
      AVOW_LATE_CUTOFF_HOURS: given({
        schema: wholeNumber(1, 720),
        meaning:
          'A post that could not be sent within so many hours after its time is held and its people told, not sent.',
        default: '24',
        example: '6',
      }),
    },
  },
  {
    title: 'Sandbox',
    words: 'The world on this machine, used when there are no real credentials.',
    variables: {
      SANDBOX: optional({
        schema: onOff,
        meaning:
          '`on` sends everything to the sandbox, `off` to the real services. When unset: on as long as no credential of a real service below (Google, Pinterest, Resend) is set.',
        example: 'off',
      }),
      SANDBOX_URL: given({
        schema: httpUrl,
        meaning: 'Where the sandbox is, for the server and for the browser.',
        default: 'http://localhost:4100',
        example: 'http://localhost:4100',
      }),
    },
  },
  {
    title: 'Mail',
    words: 'One of SMTP or Resend. In the sandbox, its mailbox.',
    variables: {
      MAIL_FROM: optional({
        schema: mailAddress,
        meaning: 'The sender of all mail. Needed with SMTP or Resend.',
        example: 'Avow <hello@avow.example.com>',
      }),
      RESEND_API_KEY: optional({
        schema: text,
        meaning: 'Sends mail by Resend.',
        example: 're_…',
        secret: true,
      }),
      SMTP_HOST: optional({
        schema: text,
        meaning: 'Sends mail by this SMTP server.',
        example: 'smtp.example.com',
      }),
      SMTP_PORT: given({
        schema: wholeNumber(1, 65535),
        meaning: 'Its port: 587 with STARTTLS, 465 with TLS.',
        default: '587',
        example: '465',
      }),
      SMTP_TLS: given({
        schema: z.enum(['starttls', 'tls', 'none']),
        meaning: '`none` is accepted only for a server on this machine.',
        default: 'starttls',
        example: 'tls',
      }),
      SMTP_USER: optional({ schema: text, meaning: 'Its user.', example: 'avow' }),
      SMTP_PASSWORD: optional({
        schema: text,
        meaning: 'Its password.',
        example: '…',
        secret: true,
      }),
    },
  },
  {
    title: 'Networks and sign-in',
    words: 'A service without its credentials is not offered.',
    variables: {
      PINTEREST_CLIENT_ID: optional({
        schema: text,
        meaning: 'The app id of your Pinterest app.',
        example: '1512345',
      }),
      PINTEREST_CLIENT_SECRET: optional({
        schema: text,
        meaning: 'The app secret of your Pinterest app.',
        example: '…',
        secret: true,
      }),
      GOOGLE_CLIENT_ID: optional({
        schema: text,
        meaning: 'The OAuth client id for sign-in with Google.',
        example: '1234-abc.apps.googleusercontent.com',
      }),
      GOOGLE_CLIENT_SECRET: optional({
        schema: text,
        meaning: 'Its secret.',
        example: 'GOCSPX-…',
        secret: true,
      }),
    },
  },
  {
    title: 'Files',
    words: 'Without these, files are kept in AVOW_DATA.',
    variables: {
      S3_BUCKET: optional({
        schema: text,
        meaning: 'Keeps files in this S3 bucket (AWS, R2, MinIO).',
        example: 'avow-files',
      }),
      S3_REGION: optional({ schema: text, meaning: 'Its region.', example: 'eu-central-1' }),
      S3_ACCESS_KEY_ID: optional({
        schema: text,
        meaning: 'Its access key.',
        example: 'AKIA…',
        secret: true,
      }),
      S3_SECRET_ACCESS_KEY: optional({
        schema: text,
        meaning: 'Its secret key.',
        example: '…',
        secret: true,
      }),
      S3_ENDPOINT: optional({
        schema: httpUrl,
        meaning: 'For other makers than AWS: where their S3 is.',
        example: 'https://account.r2.cloudflarestorage.com',
      }),
      S3_PATH_STYLE: given({
        schema: onOff,
        meaning: '`on` puts the bucket into the path (MinIO).',
        default: 'off',
        example: 'on',
      }),
      S3_PREFIX: given({
        schema: z.string().regex(/^([\w.-]+\/)*$/, 'must be empty or end with /'),
        meaning: 'A folder inside the bucket.',
        default: '',
        example: 'avow/',
      }),
    },
  },
  {
    title: 'Outgoing requests',
    words: 'Everything outgoing must be https to a public address of a registered or given host.',
    variables: {
      EGRESS_PRIVATE_HOSTS: given({
        schema: privateHosts,
        meaning:
          'Hosts inside your own network that addresses given by your users may name all the same, separated by commas. Exactly these; there is no switch that turns the protection off.',
        default: '',
        example: 'hooks.internal.example.com,http://10.1.2.3:8080',
      }),
    },
  },
] as const

type Groups = typeof variableGroups
type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (
  value: infer I,
) => void
  ? I
  : never
type Variables = UnionToIntersection<Groups[number]['variables']>
export type VariableName = keyof Variables
/** The parsed value of every variable. */
export type Values = { [Name in VariableName]: z.output<Variables[Name]['schema']> }
