import { accounts } from './accounts.ts'
import { live } from './live.ts'
import { media } from './media.ts'
import { networks, privacy } from './networks.ts'
import { publishing } from './publishing.ts'

/** The whole API, served under `/api/v1`. */
export const contract = { accounts, networks, privacy, media, publishing, live }
export const apiPrefix = '/api/v1'
