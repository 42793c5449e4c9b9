import type { Config } from './config.ts'

/** Somebody outside who may receive data, and the only hosts that egress opens for them. */
export type Recipient = {
  /** As requests and declarations name it. */
  processor: string
  /** For a person: who it is and what for. */
  words: string
  hosts: readonly string[]
  /** What declarations call it, where one of several can stand there: `networks`, `mail`. */
  group?: 'networks' | 'mail'
  /** The recipient's own privacy policy. */
  policyUrl?: string
}

/** The recipients that the platform itself needs on this instance. */
export function platformRecipients(config: Config): Recipient[] {
  const recipients: Recipient[] = []
  if (config.mail.driver === 'resend') {
    recipients.push({
      processor: 'resend',
      words: 'Resend delivers our mail',
      hosts: ['api.resend.com'],
      group: 'mail',
      policyUrl: 'https://resend.com/legal/privacy-policy',
    })
  } else {
    recipients.push({
      processor: 'smtp',
      words: `The mail server ${config.mail.host} delivers our mail`,
      // Mail is no web request: nothing is opened for it there.
      hosts: [],
      group: 'mail',
    })
  }
  if (config.s3) {
    const { endpoint, bucket, region } = config.s3
    const host = endpoint ? new URL(endpoint).hostname : `s3.${region}.amazonaws.com`
    recipients.push({
      processor: 'storage',
      words: 'The file storage keeps your files',
      hosts: [host, `${bucket}.${host}`],
    })
  }
  return recipients
}
