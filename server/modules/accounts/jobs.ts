import type { Platform } from '../../platform/context.ts'
import {
  sendConfirmationMail,
  sendExistingAccountMail,
  sendPasswordResetMail,
  sendSecurityMail,
} from './send-account-mail.ts'
import { sendInvitationMail } from './send-invitation-mail.ts'
import {
  sendConfirmation,
  sendExistingAccount,
  sendInvitation,
  sendPasswordReset,
  tellSecurityEvent,
} from './signals.ts'

export function workOnAccounts(platform: Platform): void {
  const { jobs } = platform
  jobs.on(sendConfirmation, (payload) => sendConfirmationMail(platform, payload))
  jobs.on(sendExistingAccount, (payload) => sendExistingAccountMail(platform, payload))
  jobs.on(sendPasswordReset, (payload) => sendPasswordResetMail(platform, payload))
  jobs.on(sendInvitation, (payload) => sendInvitationMail(platform, payload))
  jobs.on(tellSecurityEvent, (payload) => sendSecurityMail(platform, payload))
}
