// The one place that says which module may use which. Order is by layers, lowest first. A module
// reaches another only through its index.ts; everything else it learns from recorded events.
export const uses = {
  accounts: [],
  privacy: ['accounts'],
  media: ['accounts', 'privacy'],
  networks: ['accounts', 'privacy'],
  publishing: ['accounts', 'privacy', 'networks', 'media'],
}
