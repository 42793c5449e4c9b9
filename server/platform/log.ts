/**
 * Structured logs: JSON lines, or one readable line each on a terminal. Nothing secret gets in, by
 * the name of its key and by its look. Take a child for each request: `log.child({ requestId })`.
 */
import { type Bindings, type ChildLoggerOptions, type Logger, pino } from 'pino'
import { redactFields, redactText } from './redact.ts'

export { redactText } from './redact.ts'

/** `log.info({ targetId }, 'target published')`; errors under `err`. */
export type Log = Logger<never>

type Child = (this: Log, bindings: Bindings, options?: ChildLoggerOptions) => Log

type Sink = { write(line: string): unknown }

export type LogOptions = {
  level: string
  /** One readable line each instead of JSON. By default: on a terminal. */
  pretty?: boolean
  /** By default standard output. */
  sink?: Sink
}

export function createLog({ level, pretty, sink = process.stdout }: LogOptions): Log {
  const readable = pretty ?? (sink === process.stdout && process.stdout.isTTY === true)
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: redactFields,
      },
      // Errors are already told by redactFields; pino's own serializer would copy every property.
      serializers: { err: (value: unknown) => value },
    },
    {
      // The last net, for secrets inside messages, stacks and bindings.
      write(line: string) {
        const clean = redactText(line)
        sink.write(readable ? readableLine(clean) : clean)
      },
    },
  )
  const child = log.child as unknown as Child
  // Inherited by every child. Pino hands bindings of children to no formatter.
  const redactedChild: Child = function (bindings, options) {
    return child.call(this, redactFields(bindings), options)
  }
  log.child = redactedChild as unknown as typeof log.child
  return log
}

const colours: Record<string, number> = {
  trace: 90,
  debug: 90,
  info: 32,
  warn: 33,
  error: 31,
  fatal: 35,
}

/** `12:03:04.123 INFO target published targetId=… requestId=…`, an error's stack below. */
export function readableLine(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>
  const at = String(time).slice(11, 23)
  const fields = Object.entries(rest).map(([name, value]) => {
    return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`
  })
  const error = err as { message?: string; stack?: string } | undefined
  const stack = level === 'error' || level === 'fatal' ? error?.stack : undefined
  if (error?.message && !stack && error.message !== msg) fields.unshift(`(${error.message})`)
  const text = [msg, ...fields].filter((part) => part !== undefined).join(' ')
  const colour = `\u001b[${colours[String(level)] ?? 0}m`
  const label = `${colour}${String(level).toUpperCase().padEnd(5)}\u001b[0m`
  // Control characters from outside could move the cursor or forge lines.
  const below = stack ? `\n${stack.split('\n').map(withoutControls).join('\n')}` : ''
  return `${at} ${label} ${withoutControls(text)}${below}\n`
}

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ')
}
