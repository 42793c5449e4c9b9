import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { mailboxUrl } from './sandbox-links.ts'

/** Leads to where mail arrives while the sandbox plays the world. */
export function MailboxButton({ sandboxUrl }: { sandboxUrl: string }) {
  return (
    <Button
      component="a"
      href={mailboxUrl(sandboxUrl)}
      target="_blank"
      rightSection={<IconExternalLink size={16} />}
    >
      Open the sandbox’s mailbox
    </Button>
  )
}
