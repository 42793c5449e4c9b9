import { pin, type SeedBusiness } from './seed-types.ts'

export const FERN_AND_BLOOM: SeedBusiness = {
  username: 'fernandbloom',
  businessName: 'Fern & Bloom',
  about: 'A small flower studio. Seasonal stems, grown close by, tied by hand.',
  websiteUrl: 'https://fernandbloom.example',
  followerCount: 4812,
  followingCount: 214,
  monthlyViews: 61240,
  boards: [
    {
      name: 'Seasonal bouquets',
      description: 'What the garden gives us this month.',
      sections: ['Spring', 'Summer', 'Autumn', 'Winter'],
      pins: [
        pin(
          'bouquet',
          'First of the ranunculus',
          'Pulled this morning, still cold from the field. We tie them loose, so that they can open.',
          'A loose bouquet in a vase on a table',
          { section: 'Spring' },
        ),
        pin(
          'bouquet',
          'A bowl of late summer',
          'Dahlias, daisies and everything that the bees have left us.',
          'A full bouquet of late summer flowers',
          { section: 'Summer' },
        ),
        pin(
          'bouquet',
          'Table flowers for a long dinner',
          'Low enough to talk across, scented enough to remember.',
          'A low arrangement of flowers in a vase',
          { section: 'Autumn' },
        ),
      ],
    },
    {
      name: 'Wreaths',
      description: 'For doors, walls and long winters.',
      pins: [
        pin(
          'wreath',
          'Olive and rose',
          'Fresh olive that dries where it hangs.',
          'A wreath of leaves and roses on a wooden wall',
        ),
        pin(
          'wreath',
          'Advent, the quiet way',
          'No glitter. Just leaves, a few blooms, and a nail.',
          'A wreath of green leaves hanging from a string',
          { more: ['wreath', 'wreath'] },
        ),
      ],
    },
    {
      name: 'Weddings',
      description: 'Bouquets and rooms that we were part of.',
      sections: ['Bridal bouquets', 'Tables'],
      pins: [
        pin(
          'bouquet',
          'White, and a little blush',
          'For a wedding in an orchard, in May.',
          'A white and pink bridal bouquet',
          { section: 'Bridal bouquets' },
        ),
        pin(
          'stem',
          'One stem a guest',
          'Each place had a different flower, and its name.',
          'A botanical print of a single flower',
          { section: 'Tables' },
        ),
      ],
    },
    {
      name: 'Botanical prints',
      description: 'Drawn in the studio on Mondays, when we are closed.',
      pins: [
        pin(
          'stem',
          'Peony, drawn from life',
          'Printed on cotton paper, 50 by 70.',
          'A botanical drawing of a peony',
        ),
        pin(
          'stem',
          'Sunday rose',
          'The one beside the back door.',
          'A botanical drawing of a rose',
        ),
        pin(
          'stem',
          'Field daisy',
          'Common, and all the better for it.',
          'A botanical drawing of a daisy',
        ),
      ],
    },
    {
      name: 'Plants for a window sill',
      description: 'They like light, and being left alone.',
      pins: [
        pin(
          'pots',
          'Three that forgive',
          'Forget to water them for two weeks. They will wait.',
          'Three potted plants on a window sill',
        ),
        pin(
          'pots',
          'North-facing window',
          'What grows where the sun never comes in.',
          'Potted plants before a window',
        ),
      ],
    },
    {
      name: 'Not yet announced',
      description: 'Autumn workshop ideas.',
      privacy: 'SECRET',
      pins: [
        pin(
          'wreath',
          'Workshop trial no. 2',
          'Takes two hours. Too long?',
          'A wreath made as a trial',
        ),
      ],
    },
  ],
}
