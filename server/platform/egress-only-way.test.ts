/** What the linter cannot see: that nothing on the server opens a connection past egress. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const server = new URL('..', import.meta.url).pathname
// Opening a connection. Reading an address (isIP) or a type is not.
const waysOut =
  /\b(?:globalThis|global|self)\.fetch\b|\b(?:https?|http2|tls|net|dgram|dns)\.(?:request|get|connect|createConnection|createSocket|lookup|resolve\w*)\(|(?<!\w)new (?:WebSocket|EventSource|XMLHttpRequest)\b|import\((['"])(?:undici|node:(?:https?|http2|net|tls|dgram|dns)[^'"]*)\1\)|^import (?!type)(?!\{ (?:isIP|isIPv4|isIPv6|BlockList) \} from 'node:net')(?![^'"]*createServer)[^'"]*from ['"](?:undici|node:(?:https?|http2|net|tls|dgram|dns)[^'"]*)['"]/m

function sources(): string[] {
  return readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file),
  )
}

describe('the one way out', () => {
  it('is used by everything on the server', () => {
    const past = sources()
      .filter((file) => !/^platform\/egress[\w-]*\.ts$/.test(file))
      .filter((file) => waysOut.test(readFileSync(join(server, file), 'utf8')))
    expect(past).toEqual([])
  })

  it('would be noticed if it were passed by', () => {
    for (const line of [
      'globalThis.fetch(url)',
      "import { request } from 'undici'",
      "import https from 'node:https'",
      "import { connect } from 'node:net'",
      "import {\n  connect,\n} from 'node:tls'",
      "const { Agent } = await import('undici')",
      'https.get(url)',
      'new WebSocket(url)',
    ]) {
      expect([line, waysOut.test(line)]).toEqual([line, true])
    }
    for (const line of ["import { isIP } from 'node:net'", "import type { Agent } from 'undici'"]) {
      expect([line, waysOut.test(line)]).toEqual([line, false])
    }
    expect(waysOut.test(readFileSync(join(server, 'platform/egress-connect.ts'), 'utf8'))).toBe(
      true,
    )
  })
})
