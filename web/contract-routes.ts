import { minifyContractRouter } from '@orpc/contract'
import type { Plugin } from 'vite'
import { contract } from '../contract/index.ts'

/**
 * `virtual:contract-routes`: the contract without its schemas, which is all that the client needs
 * to send a request. It keeps the validation library (26 KB) out of the first load.
 */
export function contractRoutes(): Plugin {
  const name = 'virtual:contract-routes'
  return {
    name: 'avow-contract-routes',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) =>
      id === `\0${name}`
        ? `export const contract = ${JSON.stringify(minifyContractRouter(contract))}`
        : null,
  }
}
