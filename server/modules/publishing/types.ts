/** What an adapter keeps between steps: ids of the network, small and without secrets. */
export type Handle = Record<string, unknown>
