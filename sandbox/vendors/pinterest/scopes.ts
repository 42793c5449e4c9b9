/** Every scope of the official description, in its words, with what the consent page calls it. */
export const SCOPES: Record<string, { title: string; words: string }> = {
  'user_accounts:read': {
    title: 'Your profile',
    words: 'See your user accounts and followers',
  },
  'user_accounts:write': {
    title: 'Change your profile',
    words: 'Update your user accounts and followers',
  },
  'boards:read': {
    title: 'Your boards',
    words: 'See your public boards, including group boards you join',
  },
  'boards:read_secret': { title: 'Your secret boards', words: 'See your secret boards' },
  'boards:write': {
    title: 'Change your boards',
    words: 'Create, update, or delete your public boards',
  },
  'boards:write_secret': {
    title: 'Change your secret boards',
    words: 'Create, update, or delete your secret boards',
  },
  'pins:read': { title: 'Your Pins', words: 'See your public Pins' },
  'pins:read_secret': { title: 'Your secret Pins', words: 'See your secret Pins' },
  'pins:write': {
    title: 'Publish Pins for you',
    words: 'Create, update, or delete your public Pins',
  },
  'pins:write_secret': {
    title: 'Change your secret Pins',
    words: 'Create, update, or delete your secret Pins',
  },
  'ads:read': {
    title: 'Your advertising',
    words: 'See all of your advertising data, including ads, ad groups, campaigns etc.',
  },
  'ads:write': {
    title: 'Change your advertising',
    words: 'Create, update, or delete ads, ad groups, campaigns etc.',
  },
  'billing:read': {
    title: 'Your billing',
    words: 'See all of your billing data, billing profile, etc.',
  },
  'billing:write': {
    title: 'Change your billing',
    words: 'Create, update, or delete billing data, billing profiles, etc.',
  },
  'biz_access:read': { title: 'Business access', words: 'See business access data' },
  'biz_access:write': {
    title: 'Change business access',
    words: 'Create, update, or delete business access data',
  },
  'catalogs:read': { title: 'Your catalogs', words: 'See all of your catalogs data' },
  'catalogs:write': {
    title: 'Change your catalogs',
    words: 'Create, update, or delete your catalogs data',
  },
  'msot:write': { title: 'Measurement', words: 'Create measurement source of truth events' },
}
