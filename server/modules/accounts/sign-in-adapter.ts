import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import type { BetterAuthOptions, DBAdapter, DBAdapterInstance, Where } from 'better-auth/types'
import type { Clock } from '../../platform/clock.ts'
import { hashToken } from '../../platform/crypto.ts'
import type { Database, Tx } from '../../platform/database.ts'
import { sessions, signInMethods, users, verifications } from './tables.ts'

const schema = {
  user: users,
  session: sessions,
  account: signInMethods,
  verification: verifications,
}

type Row = Record<string, unknown>

/**
 * The sign-in library's door to our tables. Two things are different from what it believes:
 * of a session's token only the hash is stored, and times are those of our clock, which tests move,
 * while the library reads the machine's.
 */
export function signInAdapter(database: Database, clock: Clock): DBAdapterInstance {
  const plain = (tx: Tx, options: BetterAuthOptions) =>
    drizzleAdapter(tx, { provider: 'pg', schema })(options)
  const shiftMs = () => clock.now().getTime() - Date.now()
  return (options) => {
    return {
      ...guarded(plain(database.direct, options), shiftMs),
      // Ours hears of connections that break meanwhile; the library's would end the process.
      transaction: (run) => database.global((tx) => run(guarded(plain(tx, options), shiftMs))),
    }
  }
}

function guarded(inner: DBAdapter, shiftMs: () => number): DBAdapter {
  const store = <Value>(value: Value) => shifted(value, shiftMs())
  const whereOf = (model: string, where: Where[] = []) =>
    store(where).map((one) => (isToken(model, one.field) ? hashedWhere(one) : one))

  /** What comes back: in the library's time, and with the token that it asked by. */
  function read<Result>(model: string, result: Result, tokens: readonly string[]): Result {
    const rows = shifted(result, -shiftMs())
    if (model !== 'session') return rows
    for (const row of [rows].flat() as (Row | null)[]) {
      const asked = row && tokens.find((token) => hashToken(token) === row.token)
      if (asked) row.token = asked
    }
    return rows
  }

  return {
    ...inner,
    async create(args) {
      const data = store(args.data) as Row
      const token = args.model === 'session' ? String(data.token) : undefined
      const stored = token === undefined ? data : { ...data, token: hashToken(token) }
      const made = await inner.create({ ...args, data: stored })
      return read(args.model, made, token === undefined ? [] : [token]) as never
    },
    async findOne(args) {
      const found = await inner.findOne({ ...args, where: whereOf(args.model, args.where) })
      return read(args.model, found, tokensIn(args.where)) as never
    },
    async findMany(args) {
      const found = await inner.findMany({ ...args, where: whereOf(args.model, args.where) })
      return read(args.model, found, tokensIn(args.where)) as never
    },
    count: (args) => inner.count({ ...args, where: whereOf(args.model, args.where) }),
    async update(args) {
      const where = whereOf(args.model, args.where)
      const row = await inner.update({ ...args, where, update: store(args.update) })
      return read(args.model, row, tokensIn(args.where)) as never
    },
    updateMany: (args) =>
      inner.updateMany({
        ...args,
        where: whereOf(args.model, args.where),
        update: store(args.update),
      }),
    delete: (args) => inner.delete({ ...args, where: whereOf(args.model, args.where) }),
    deleteMany: (args) => inner.deleteMany({ ...args, where: whereOf(args.model, args.where) }),
    async consumeOne(args) {
      const row = await inner.consumeOne({ ...args, where: whereOf(args.model, args.where) })
      return read(args.model, row, tokensIn(args.where)) as never
    },
  }
}

const isToken = (model: string, field: string) => model === 'session' && field === 'token'

function hashedWhere(where: Where): Where {
  const { value } = where
  const hashed = Array.isArray(value)
    ? value.map((token) => hashToken(String(token)))
    : hashToken(String(value))
  return { ...where, value: hashed }
}

const tokensIn = (where: readonly Where[] = []) =>
  where.filter(({ field }) => field === 'token').flatMap(({ value }) => [value].flat().map(String))

/** The same value with every Date in it moved. */
function shifted<Value>(value: Value, ms: number): Value {
  if (value instanceof Date) return new Date(value.getTime() + ms) as Value
  if (Array.isArray(value)) return value.map((one) => shifted(one, ms)) as Value
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, shifted(one, ms)]),
  ) as Value
}
