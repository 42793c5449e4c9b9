/** Why data is used. A closed list: a read or an egress for anything else has no name here. */
export const purposes = [
  'sign people in',
  'keep accounts safe',
  'run the workspace',
  'publish what you chose',
  'show what happened',
  'send service mail',
  'keep the service working',
  'prove what was done',
] as const
export type Purpose = (typeof purposes)[number]

/**
 * What we hold of one kind: which columns, about whom, from where, for what, how long, and what
 * becomes of it. Declared by the module that owns the table. From these come the schema test, the
 * sweeper, export, erasure and the privacy page; every column of every table is in exactly one.
 */
export type DataClass = {
  /** `publishing.posts`, for instance. */
  id: string
  /** In words for the privacy page: “what you wrote in posts”. */
  name: string
  table: string
  columns: readonly string[]
  /** Whom it is about. */
  subject: 'account holder' | 'workspace' | 'nobody'
  category: 'identity' | 'credentials' | 'content' | 'settings' | 'activity' | 'technical'
  /** Where it comes from. A network's name is a source tag: it limits what the data may be used for. */
  source: 'the person' | 'made here' | 'network'
  purposes: readonly Purpose[]
  legalBasis: 'contract' | 'legitimate interest' | 'legal duty' | 'consent'
  /** Processors and networks that receive it, by the names in the register; none: it stays here. */
  recipients: readonly string[]
  clock: Clock
  /** Whether the person gets it in an export, and if not, why. */
  export: true | { why: string }
  /** What erasure does with it. */
  erase: 'delete' | 'destroy key' | { keep: string }
}

/**
 * How long. `while` ends with its trigger; `after` is swept by age and unreadable once too old:
 * `period` after the instant in `column` (null there: no end). A class that holds the table's key
 * loses its rows then; one that does not has its columns emptied.
 */
export type Clock =
  | { kind: 'while'; words: string }
  | {
      kind: 'after'
      column: string
      period: Period
      words: string
      /** The column is a number of milliseconds since 1970, as some libraries keep time. */
      as?: 'milliseconds'
    }

/** A number of units, as PostgreSQL's interval reads it. */
export type Period = `${number} ${'minutes' | 'hours' | 'days' | 'years'}`
