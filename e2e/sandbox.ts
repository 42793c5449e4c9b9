import type { FaultInput } from '../sandbox/faults.ts'

/** The sandbox as a journey uses it: reads the world, and puts faults into it. */
export type SandboxHands = ReturnType<typeof sandboxHands>

export type Mail = { id: string; to: string[]; subject: string; links: string[] }

export type CreatedPin = {
  id: string
  account: string
  board: string
  title: string | null
  fault: string | null
}

export function sandboxHands(url: string) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/_sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} of the sandbox: ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }
  return {
    url,
    call,
    /** The newest mail to an address, once there is one whose subject matches. */
    async mailTo(address: string, subject: RegExp): Promise<Mail> {
      const path = `/mailbox?to=${encodeURIComponent(address)}`
      return eventually(`a mail to ${address} about ${subject}`, async () => {
        const { mails } = await call<{ mails: Mail[] }>('GET', path)
        return mails.find((mail) => subject.test(mail.subject))
      })
    },
    /** Every pin that was made in the world by the app, oldest first. */
    pinsCreated: () => call<CreatedPin[]>('GET', '/history?type=pin.created'),
    addFault: (fault: FaultInput) => call<{ id: string }>('POST', '/faults', fault),
    clearFaults: () => call<void>('DELETE', '/faults'),
  }
}

/** Asks until there is an answer; fails after `seconds` with what was awaited. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  seconds = 20,
): Promise<T> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const found = await ask()
    if (found) return found
    if (Date.now() > until) throw new Error(`Waited ${seconds} s in vain for ${what}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}
