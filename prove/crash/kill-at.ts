// Loaded before the server (`node --import`): writes down every step boundary of the engine, and
// kills the process right there, synchronously, at the one that the plan names. Nothing of the server
// knows of it.
import { subscribe } from 'node:diagnostics_channel'
import { openSync, writeSync } from 'node:fs'
import { type StepBoundary, stepChannel } from '../../server/modules/publishing/steps.ts'
import type { Plan } from './plan.ts'

const { PROVE_STEPS: path = '', PROVE_PLAN: text = '' } = process.env
const file = openSync(path, 'a')
const plan: Plan = JSON.parse(text)
let left = plan.after
let armed = true

process.on('message', (message) => {
  if (message === 'spare') armed = false
})

subscribe(stepChannel, (message) => {
  const { step, edge, targetId } = message as StepBoundary
  const boundary = `${edge} ${step}`
  const dies = armed && plan.boundaries.includes(boundary) && left-- <= 0
  const line = { at: Date.now(), pid: process.pid, boundary, targetId, ...(dies ? { dies } : {}) }
  writeSync(file, `${JSON.stringify(line)}\n`)
  if (dies) process.kill(process.pid, 'SIGKILL')
})
