import { type UseMutationOptions, useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { CallContext } from './api.ts'

/**
 * The key of one thing that a person wants made. The same input keeps the key, so that a retry
 * after a lost reply makes nothing twice; another input, or `done`, starts the next.
 */
export class Intent {
  #key: string | null = null
  #body = ''

  keyFor(input: unknown): string {
    const body = JSON.stringify(input) ?? ''
    if (!this.#key || body !== this.#body) {
      this.#key = crypto.randomUUID()
      this.#body = body
    }
    return this.#key
  }

  done(): void {
    this.#key = null
  }
}

type Creating<Input, Output> = (
  input: Input,
  options: { context: CallContext },
) => PromiseLike<Output>

/**
 * A mutation for calls that make something new: sends the `Idempotency-Key`.
 * `useCreating(api.accounts.invite, { onSuccess })`
 */
export function useCreating<Input, Output>(
  call: Creating<Input, Output>,
  options: Omit<UseMutationOptions<Output, Error, Input>, 'mutationFn'> = {},
) {
  const intent = useRef(new Intent())
  return useMutation<Output, Error, Input>({
    ...options,
    mutationFn: async (input) => {
      const output = await call(input, {
        context: { idempotencyKey: intent.current.keyFor(input) },
      })
      intent.current.done()
      return output
    },
  })
}
