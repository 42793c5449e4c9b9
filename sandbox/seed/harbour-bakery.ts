import { pin, type SeedBusiness } from './seed-types.ts'

export const HARBOUR_BAKERY: SeedBusiness = {
  username: 'harbourbakery',
  businessName: 'Harbour Bakery',
  about: 'Sourdough and pastry since five this morning, on the quay.',
  websiteUrl: 'https://harbourbakery.example',
  followerCount: 12930,
  followingCount: 88,
  monthlyViews: 184500,
  boards: [
    {
      name: 'Bread',
      description: 'Three flours, water, salt, and a night.',
      sections: ['Sourdough', 'Rye'],
      pins: [
        pin(
          'loaf',
          'The harbour loaf',
          'Thirty hours from flour to crust.',
          'A round sourdough loaf on a wooden board',
          { section: 'Sourdough' },
        ),
        pin(
          'loaf',
          'Scored by hand, every one',
          'Three cuts. That is the whole secret.',
          'A scored loaf of bread with ears of wheat',
          { section: 'Sourdough' },
        ),
        pin('loaf', 'Dark rye on Thursdays', 'Dense, sour and gone by ten.', 'A dark round loaf', {
          section: 'Rye',
        }),
      ],
    },
    {
      name: 'Pastry case',
      description: 'What stands behind the glass today.',
      pins: [
        pin(
          'croissants',
          'Croissants, third fold',
          'Twenty-seven layers of butter and patience.',
          'Three croissants on a plate',
          { more: ['croissants', 'coffee'] },
        ),
        pin(
          'croissants',
          'Saturday, before we open',
          'The only hour in which there are enough.',
          'Croissants on a dark plate',
        ),
      ],
    },
    {
      name: 'Cakes to order',
      description: 'Tell us how many, and who it is for.',
      sections: ['Birthdays', 'Weddings'],
      pins: [
        pin(
          'cake',
          'Almond and raspberry',
          'Four layers for twelve people, or six bakers.',
          'A layer cake with raspberries on a stand',
          { section: 'Birthdays' },
        ),
        pin(
          'cake',
          'Chocolate, properly',
          'With the berries that the market had.',
          'A chocolate layer cake on a stand',
          { section: 'Birthdays' },
        ),
        pin(
          'cake',
          'For a small wedding',
          'Plain to look at. Not plain.',
          'A pale layer cake with berries',
          { section: 'Weddings' },
        ),
      ],
    },
    {
      name: 'Pies',
      description: 'Whatever the orchard sends.',
      pins: [
        pin(
          'pie',
          'Plum, from the tree behind us',
          'The lattice keeps it honest: you see what is in there.',
          'A pie with a lattice of pastry',
        ),
        pin('pie', 'Cherry week', 'It lasts six days. Come early.', 'A cherry pie from above'),
      ],
    },
    {
      name: 'Coffee',
      description: 'Something has to go with it.',
      pins: [
        pin(
          'coffee',
          'Flat white and one biscuit',
          'Two, if it is raining.',
          'A cup of coffee with latte art and two biscuits',
        ),
        pin('coffee', 'How we pour', 'Slowly. Then not.', 'A cup of coffee from above'),
      ],
    },
  ],
}
