import { ConnectionsPage as Connections } from '../features/networks/connections-page.tsx'
import { ReceiptView } from '../features/privacy/receipt-view.tsx'

/** Connections, with the receipts that disconnecting writes. */
export function ConnectionsPage() {
  return <Connections showReceipt={(receipt) => <ReceiptView receipt={receipt} />} />
}
