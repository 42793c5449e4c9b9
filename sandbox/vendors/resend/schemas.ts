import { z } from 'zod'

const ADDRESS = /^(?:[^<>@]*<[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+(?:\.[^\s<>@]+)?)$/

const address = z.string().regex(ADDRESS, 'address')
const addresses = (max: number) =>
  z
    .union([address, z.array(address).min(1).max(max)])
    .transform((given) => (typeof given === 'string' ? [given] : given))
const tagText = z
  .string()
  .regex(/^[A-Za-z0-9_-]*$/)
  .max(256)

export const sendEmail = z.strictObject({
  from: address,
  to: addresses(50),
  subject: z.string(),
  cc: addresses(50).optional(),
  bcc: addresses(50).optional(),
  reply_to: addresses(50).optional(),
  html: z.string().optional(),
  text: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  scheduled_at: z.string().optional(),
  attachments: z
    .array(
      z.strictObject({
        content: z.string().optional(),
        filename: z.string().optional(),
        path: z.string().optional(),
        content_type: z.string().optional(),
        content_id: z.string().optional(),
      }),
    )
    .optional(),
  tags: z.array(z.strictObject({ name: tagText, value: tagText })).optional(),
  topic_id: z.string().optional(),
})

export type SendEmail = z.infer<typeof sendEmail>
