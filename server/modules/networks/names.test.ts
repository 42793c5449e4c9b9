import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const adapterFolder = 'server/modules/networks/adapters'
const names = readdirSync(join(root, adapterFolder))

/** Where a network may be named, and why. Anything else asks the manifest. */
const mayName = [
  [/^server\/modules\/networks\/adapters\//, 'the adapters themselves'],
  [/^server\/modules\/networks\/registry\.ts$/, 'one line a network'],
  [/^server\/platform\/config(-variables)?\.ts$/, 'the credentials of each'],
  [/^server\/platform\/redact\.ts$/, 'how the secrets of each look'],
  [/^server\/(recipients\.ts|promises\/|privacy)/, 'what is said to people of each'],
  [/^web\/src\/.*previews?\//, 'how a post looks on each'],
  [/^web\/src\/features\/accounts\/start-picture\.tsx$/, 'an example on the first page'],
  [/^web\/src\/app\/places\.ts$/, 'words that people search for'],
  [/(\.test|\.fixture|-fixture)\.tsx?$|\/test-kit\//, 'tests'],
] as const

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|css|mjs)$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file))
    .map((file) => `${folder}/${file}`)
}

const namesOne = (text: string) => new RegExp(`\\b(?:${names.join('|')})`, 'i').test(text)

describe('the name of a network', () => {
  it('stands in its adapter’s folder, and nowhere else', () => {
    const all = [...sources('server'), ...sources('web/src'), ...sources('contract')]
    expect(all.length).toBeGreaterThan(150)
    const naming = all
      .filter((file) => !mayName.some(([place]) => place.test(file)))
      .filter((file) => namesOne(readFileSync(join(root, file), 'utf8')))
    expect(naming).toEqual([])
  })

  it('would be found', () => {
    expect(names).toContain('pinterest')
    expect(namesOne("if (network === 'pinterest')")).toBe(true)
    expect(namesOne('https://api.pinterest.com')).toBe(true)
    expect(namesOne('the network')).toBe(false)
  })
})
