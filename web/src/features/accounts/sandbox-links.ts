/** Pages of the sandbox's world. It runs beside the server when no real credentials are set. */
export const worldUrl = (sandboxUrl: string) => `${sandboxUrl}/`
export const mailboxUrl = (sandboxUrl: string) => `${sandboxUrl}/world/mailbox`
