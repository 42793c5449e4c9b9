import { Stack } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { query } from '../../app/api.ts'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { ReceiptView } from './receipt-view.tsx'

/** Receipts of what was destroyed, newest first. */
export function ReceiptsPage() {
  const { data } = useSuspenseQuery(query.privacy.receipts.queryOptions())
  return (
    <Page
      title="Receipts"
      width="narrow"
      lead="Each says what was destroyed, what was stopped, and what was kept and why."
    >
      {data.items.length === 0 ? (
        <Empty
          icon={<IconReceipt stroke={1.5} />}
          title="No receipts yet"
          words="Disconnecting an account writes the first one."
        />
      ) : (
        <Stack>
          {data.items.map((receipt) => (
            <ReceiptView key={receipt.id} receipt={receipt} />
          ))}
        </Stack>
      )}
    </Page>
  )
}
