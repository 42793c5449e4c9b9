import type { Config } from './config.ts'

/** Somebody outside who may receive data, and the only hosts that egress opens for them. */
export type Recipient = {
  /** As requests and declarations name it. */
  processor: string
  /** For a person: who it is and what for. */
  words: string
  hosts: readonly string[]
}

/** The recipients that the platform itself needs on this instance. */
export function platformRecipients(config: Config): Recipient[] {
  const recipients: Recipient[] = []
  if (config.mail.driver === 'resend') {
    recipients.push({
      processor: 'resend',
      words: 'Resend delivers our mail',
      hosts: ['api.resend.com'],
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
