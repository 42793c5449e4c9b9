declare module 'virtual:contract-routes' {
  export const contract: typeof import('../../contract/index.ts').contract
}
