/** JSON Schema for people: a row a field, a type in words, an example. */

export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

/** Words with the names of shapes apart, so that they can become links. */
export type TypeWords = (string | { shape: string })[]

export type SchemaRow = { path: string; type: TypeWords; required: boolean; words: string }

/** A row for each field, those of objects inside under their path: `media[].assetId`. */
export function schemaRows(schema: Schema, path = ''): SchemaRow[] {
  const own = present(schema)
  if (own.items && inner(own.items)) return schemaRows(own.items, `${path}[]`)
  if (own.anyOf && !own.properties) {
    return own.anyOf.filter(inner).flatMap((variant) => schemaRows(variant, path))
  }
  return Object.entries(own.properties ?? {}).flatMap(([name, field]) => {
    const at = path ? `${path}.${name}` : name
    const row: SchemaRow = {
      path: at,
      type: typeWords(field),
      required: own.required?.includes(name) ?? false,
      words: constraintWords(field),
    }
    return [row, ...(inner(field) ? schemaRows(field, at) : [])]
  })
}

/** Whether it has fields of its own to tell, beside those of named shapes. */
function inner(schema: Schema): boolean {
  const own = present(schema)
  if (own.$ref) return false
  if (own.properties) return true
  if (own.items) return inner(own.items)
  return own.anyOf?.some(inner) ?? false
}

/** The schema without “or null”. */
function present(schema: Schema): Schema {
  const variants = variantsOf(schema)
  if (!variants) return schema
  const others = variants.filter((variant) => variant.type !== 'null')
  const [only] = others
  return others.length === 1 && only ? only : { ...schema, anyOf: others }
}

const variantsOf = ({ anyOf, oneOf }: Schema) => anyOf ?? oneOf

export function typeWords(schema: Schema): TypeWords {
  if (schema.$ref) return [{ shape: schema.$ref.split('/').at(-1) ?? '' }]
  const variants = variantsOf(schema)
  if (variants) return joined(variants.map(typeWords), ' or ')
  if (schema.const !== undefined) return [JSON.stringify(schema.const)]
  if (schema.enum)
    return joined(
      schema.enum.map((value) => [JSON.stringify(value)]),
      ' | ',
    )
  if (schema.type === 'array') {
    const items = typeWords(schema.items ?? {})
    return items[0] === 'object' ? ['list of objects'] : ['list of ', ...items]
  }
  if (schema.format) return [formats[schema.format] ?? schema.format]
  if (schema.type === 'object') return ['object']
  return [types[String(schema.type)] ?? 'anything']
}

const formats: Record<string, string> = {
  uuid: 'id',
  'date-time': 'instant',
  date: 'day',
  email: 'e-mail address',
}
const types: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'null',
}

function joined(parts: TypeWords[], between: string): TypeWords {
  return parts.flatMap((part, i) => (i === 0 ? part : [between, ...part]))
}

function constraintWords(schema: Schema): string {
  const own = present(schema)
  const range = (least: number | undefined, most: number | undefined, unit: string) => {
    if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`
    if (most !== undefined) return `at most ${most}${unit}`
    return least === undefined ? '' : `at least ${least}${unit}`
  }
  const given = schema.default
  const words = [
    schema.description ?? own.description ?? '',
    range(own.minLength, own.maxLength, ' characters'),
    range(own.minimum, own.maximum, ''),
    range(own.minItems, own.maxItems, ' of them'),
    own.pattern ? `such as ${exampleText(own)}` : '',
    given === undefined ? '' : `${JSON.stringify(given)} by default`,
  ].filter((part) => part !== '')
  return words.join('; ')
}

export type Shapes = Readonly<Record<string, Schema>>

/** A small value that fits: what is required, and nothing else. */
export function exampleOf(schema: Schema, shapes: Shapes): unknown {
  if (schema.$ref) return exampleOf(shapes[schema.$ref.split('/').at(-1) ?? ''] ?? {}, shapes)
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  const own = present(schema)
  const [variant] = own.anyOf ?? own.oneOf ?? []
  if (variant) return exampleOf(variant, shapes)
  if (own !== schema) return exampleOf(own, shapes)
  if (schema.type === 'array') {
    return (schema.minItems ?? 0) > 0 ? [exampleOf(schema.items ?? {}, shapes)] : []
  }
  if (schema.type === 'object') {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([name]) => schema.required?.includes(name))
        .map(([name, field]) => [name, exampleOf(field, shapes)]),
    )
  }
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  return schema.type === 'null' ? null : exampleText(schema)
}

function exampleText({ format, pattern }: Schema): string {
  if (format === 'uuid') return '019a9c1e-7b0a-7cc3-9d4e-2f6b1c0a5e11'
  if (format === 'date-time') return '2026-11-22T08:30:00Z'
  if (format === 'date') return '2026-11-22'
  if (format === 'email') return 'mina@example.com'
  const candidates = ['2026-11-22T09:30', '09:30', '1234567890', '/connections']
  return candidates.find((text) => pattern && new RegExp(pattern, 'u').test(text)) ?? '…'
}
