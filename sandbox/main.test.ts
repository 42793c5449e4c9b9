import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

it('says when it is ready, answers, and stops cleanly on SIGTERM with a call left hanging', async () => {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, SANDBOX_PORT: '0' } })
  const [line] = await once(child.stdout, 'data')
  const [url] = /http:\/\/\S+/.exec(String(line)) ?? []
  const fault = { kind: 'hang-before', operation: 'GET /boards' }
  await fetch(`${url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) })
  const hanging = fetch(`${url}/api.pinterest.com/v5/boards`).catch((error: Error) => error.message)
  await expect
    .poll(async () => (await fetch(`${url}/_sandbox/faults`)).text())
    .toContain('"rules":[]')
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  expect(await hanging).toBe('fetch failed')
})

it('refuses settings that make no sense', () => {
  expect(() => readConfig({ SANDBOX_PORT: 'many' })).toThrow('SANDBOX_PORT')
  expect(readConfig({})).toEqual({ port: 4100, host: '127.0.0.1' })
})
