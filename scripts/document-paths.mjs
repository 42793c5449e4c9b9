// Every path of this repository that a document names must exist: a map that lies is worse than none.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './set-up.mjs'

const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map((entry) => entry.name)
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

let paths = 0
let missing = 0
for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8')
  const named = [...text.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)*\/?)`/g)]
    .map(([, path]) => path)
    .filter((path) => folders.includes(path.split('/')[0]) && path.includes('/'))
  const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(([, path]) =>
    join(dirname(document), path),
  )
  for (const path of new Set([...named, ...linked])) {
    paths += 1
    if (existsSync(join(root, path))) continue
    missing += 1
    console.log(`${document} names ${path}, which does not exist`)
  }
}
console.log(`documents: ${documents.length} read, ${paths} paths, ${missing} missing`)
process.exitCode = missing > 0 ? 1 : 0
