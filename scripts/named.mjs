import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runFile } from './run-file.mjs'
import { buildWeb, install, root, Stop } from './set-up.mjs'

/**
 * Runs `<folder>/<name>.ts`, named by the first argument, with the rest of the arguments. Without a
 * name, says which there are.
 */
export async function runNamed(folder) {
  install()
  buildWeb()
  const [name, ...args] = process.argv.slice(2)
  const there = namesIn(folder)
  if (!name || !there.includes(name)) {
    const list = there.map((one) => `  npm run ${folder} ${one}`).join('\n')
    throw new Stop(`${name ? `There is no ${folder} “${name}”. ` : ''}There are:\n${list}`)
  }
  return runFile([`${folder}/${name}.ts`, ...args])
}

/** Every file that stands right in the folder is a command; what they share stands in its folders. */
function namesIn(folder) {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -3))
}
