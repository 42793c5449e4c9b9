import type { OpenAPI } from '@orpc/contract'
import {
  type ApiFacts,
  type DescribedOperation,
  isForPersonsOnly,
  notesOf,
  whoMayCall,
} from './api-description.ts'
import { escapeHtml, Html, html } from './html.ts'
import { plainPage } from './plain-page.ts'
import {
  exampleOf,
  type Schema,
  type SchemaRow,
  type Shapes,
  schemaRows,
  type TypeWords,
  typeWords,
} from './schema-words.ts'

type Route = { method: string; path: string; operation: DescribedOperation }

/** The documentation of the API as a page, made from its description. */
export function renderApiDocs(
  document: OpenAPI.Document,
  facts: ApiFacts & { script: string; descriptionPath: string },
): { text: string; csp: string } {
  const routes = routesOf(document)
  const shapes = (document.components?.schemas ?? {}) as Shapes
  const tags = [...new Set(routes.map(tagOf))]
  const notes = notesOf(facts)
  const base = facts.url + facts.prefix
  return plainPage({
    title: 'API',
    description: 'Every route of the API of Avow: who may call it, what it takes, what it answers.',
    script: facts.script,
    contents: [
      ...notes.map(({ title }) => ({ id: anchor(title), words: title })),
      ...tags.map((tag) => ({ id: anchor(tag), words: tag })),
      { id: 'shapes', words: 'Shapes' },
    ],
    body: html`<h1>API</h1>
<p class="lead">Everything that the pages do, over HTTP: JSON in and out, at <code>${base}</code>.</p>
<p class="facts"><span><b>${routes.length}</b> routes</span><span>Version <b>${document.info.version}</b></span><span><a href="${facts.descriptionPath}">OpenAPI ${document.openapi}</a></span></p>
<div class="search" data-search hidden><label for="search">Search the routes</label><input id="search" type="search" autocomplete="off" spellcheck="false"><span class="soft" role="status" data-found></span></div>
<div data-notes>${notes.map(({ title, words }) => html`<h2 id="${anchor(title)}">${title}</h2><p>${inline(words)}</p>`)}</div>
${tags.map(
  (tag) => html`<section data-group><h2 id="${anchor(tag)}">${tag}</h2>
${routes.filter((route) => tagOf(route) === tag).map((route) => routePart(route, base, shapes))}</section>`,
)}
<h2 id="shapes">Shapes</h2>
<p>What several routes answer with, told once.</p>
${Object.entries(shapes).map(
  ([name, schema]) =>
    html`<section class="route" id="shape-${name}" data-entry="${name}"><h3>${name}</h3>${fields(schema)}</section>`,
)}`,
  })
}

function routesOf(document: OpenAPI.Document): Route[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: operation as DescribedOperation,
    })),
  )
}

const tagOf = ({ operation }: Route) => operation.tags?.[0] ?? 'Other'
const anchor = (words: string) => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

function routePart(route: Route, base: string, shapes: Shapes): Html {
  const { method, path, operation } = route
  const meta = operation['x-avow']
  const [status, answer] = Object.entries(operation.responses ?? {})[0] ?? ['', {}]
  return html`<article class="route" id="${operation.operationId ?? ''}" data-entry="${method} ${path} ${operation.summary ?? ''} ${operation.operationId ?? ''}">
<h3>${operation.summary ?? ''}</h3>
<p class="call"><span class="method ${method}">${method}</span> <code>${path}</code></p>
<p class="soft">${whoMayCall(meta)}${meta.creates ? ' Takes an Idempotency-Key.' : ''}</p>
${parameters(operation)}${body(operation)}
<h4>Answer ${status}</h4>
${answerPart(answer as OpenAPI.ResponseObject)}
${isForPersonsOnly(meta) ? null : html`<details><summary>Example</summary><pre><code>${curl(route, base, shapes)}</code></pre></details>`}
</article>`
}

function parameters(operation: DescribedOperation): Html | null {
  const listed = (operation.parameters ?? []).filter(
    (parameter): parameter is OpenAPI.ParameterObject => 'in' in parameter,
  )
  if (listed.length === 0) return null
  const rows = listed.flatMap(({ name, required, schema }) =>
    schemaRows({
      type: 'object',
      properties: { [name]: (schema ?? {}) as Schema },
      required: required ? [name] : [],
    }),
  )
  return html`<h4>Parameters</h4>${rowsTable(rows)}`
}

function body({ requestBody }: DescribedOperation): Html | null {
  const schema = requestBody && 'content' in requestBody ? jsonSchema(requestBody.content) : null
  return schema && html`<h4>Body</h4>${fields(schema)}`
}

function answerPart({ content }: OpenAPI.ResponseObject): Html {
  const stream = content?.['text/event-stream']?.schema as Schema | undefined
  if (stream) {
    const data = stream.oneOf?.[0]?.properties?.data ?? {}
    return html`<p>A stream of server-sent events. The <code>id</code> of each is its cursor; the <code>data</code> of each:</p>${fields(data)}`
  }
  const schema = jsonSchema(content)
  return schema ? fields(schema) : html`<p class="soft">Nothing.</p>`
}

const jsonSchema = (content: OpenAPI.ResponseObject['content']) =>
  (content?.['application/json']?.schema ?? null) as Schema | null

function fields(schema: Schema): Html {
  const rows = schemaRows(schema)
  return rows.length > 0 ? rowsTable(rows) : html`<p>${linked(typeWords(schema))}</p>`
}

function rowsTable(rows: SchemaRow[]): Html {
  return html`<table><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Notes</th></tr></thead><tbody>
${rows.map(
  ({ path, type, required, words }) =>
    html`<tr><td><code>${path}</code>${required ? null : html` <span class="need">optional</span>`}</td><td>${linked(type)}</td><td class="soft">${inline(words)}</td></tr>`,
)}</tbody></table>`
}

const linked = (words: TypeWords): Html[] =>
  words.map((part) =>
    typeof part === 'string'
      ? html`${part}`
      : html`<a href="#shape-${part.shape}">${part.shape}</a>`,
  )

/** Text in which \`code\` is marked by backticks. */
const inline = (words: string): Html =>
  new Html(escapeHtml(words).replaceAll(/`([^`]+)`/g, '<code>$1</code>'))

function curl({ method, path, operation }: Route, base: string, shapes: Shapes): string {
  const meta = operation['x-avow']
  const inPath = path.replaceAll(/\{(\w+)\}/g, (_blank, name) =>
    name === 'id' ? '019a9c1e-7b0a-7cc3-9d4e-2f6b1c0a5e11' : '1234567890',
  )
  const query = (operation.parameters ?? [])
    .filter((parameter): parameter is OpenAPI.ParameterObject => 'in' in parameter)
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${String(exampleOf((schema ?? {}) as Schema, shapes))}`)
    .join('&')
  const { requestBody } = operation
  const schema = requestBody && 'content' in requestBody ? jsonSchema(requestBody.content) : null
  const data = schema && JSON.stringify(exampleOf(schema, shapes), null, 2).replaceAll("'", "'\\''")
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${base}${inPath}${query && `?${query}`}'`,
    meta.who !== 'public' && `-H 'Authorization: Bearer avk_…'`,
    meta.creates && `-H 'Idempotency-Key: 5f0c6a1e-spring-pin'`,
    data && `-H 'Content-Type: application/json'`,
    data && `-d '${data}'`,
  ]
    .filter((line) => typeof line === 'string')
    .join(' \\\n  ')
}
