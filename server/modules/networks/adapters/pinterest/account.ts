import { z } from 'zod'
import type { Account, Session } from '../../adapter.ts'
import { asPerson, call } from './call.ts'
import { pictureHost, siteUrl } from './hosts.ts'

const UserAccount = z.object({
  id: z.string().min(1),
  username: z.string().min(1),
  business_name: z.string().nullish(),
  account_type: z.string().nullish(),
  profile_image: z.string().nullish(),
})

const kinds: Record<string, string> = { BUSINESS: 'Business account', PINNER: 'Personal account' }

/** Who the token belongs to, right now. @throws NetworkError */
export async function account(session: Session): Promise<Account> {
  const { answer } = await call(asPerson(session), {
    method: 'GET',
    path: '/user_account',
    operation: 'GET /user_account',
    answer: UserAccount,
    effect: 'none',
  })
  const { id, username, business_name, account_type, profile_image } = answer
  return {
    id,
    username,
    name: business_name || username,
    kind: kinds[account_type ?? ''] ?? null,
    url: new URL(`/${encodeURIComponent(username)}/`, siteUrl).href,
    avatarUrl: isPicture(profile_image) ? profile_image : null,
  }
}

function isPicture(address: string | null | undefined): address is string {
  if (!address || !URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === 'https:' && url.host === pictureHost
}
