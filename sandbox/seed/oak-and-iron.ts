import { pin, type SeedBusiness } from './seed-types.ts'

export const OAK_AND_IRON: SeedBusiness = {
  username: 'oakandiron',
  businessName: 'Oak & Iron',
  about: 'Furniture made to be handed down. Workshop open on Fridays.',
  websiteUrl: 'https://oakandiron.example',
  followerCount: 7344,
  followingCount: 160,
  monthlyViews: 97310,
  boards: [
    {
      name: 'Chairs',
      description: 'The hardest thing to make, so we make them most.',
      pins: [
        pin(
          'armchair',
          'The reading chair',
          'Steam-bent ash, wool from the valley.',
          'A lounge chair on a rug beside a plant',
        ),
        pin(
          'armchair',
          'Same frame, new cloth',
          'Nine years old, and good for thirty more.',
          'A lounge chair in another colour',
        ),
      ],
    },
    {
      name: 'Tables',
      description: 'One board wide where the tree allows.',
      sections: ['Dining', 'Work'],
      pins: [
        pin(
          'table',
          'A table for eight',
          'Seats ten when they like each other.',
          'A wooden table under a lamp with a bowl of fruit',
          { section: 'Dining' },
        ),
        pin(
          'table',
          'Kitchen table in walnut',
          'Oiled, never lacquered.',
          'A dark wooden table under a lamp',
          { section: 'Dining', more: ['joint'] },
        ),
      ],
    },
    {
      name: 'Shelves',
      description: 'Iron uprights, oak boards.',
      pins: [
        pin(
          'shelf',
          'Four boards, two uprights',
          'Hangs on six screws. Holds a library.',
          'Shelves with books and plants',
        ),
        pin(
          'shelf',
          'For a narrow hall',
          'Twenty-two centimetres deep, measured from the books.',
          'Wall shelves filled with books',
        ),
      ],
    },
    {
      name: 'In the workshop',
      description: 'How it is done.',
      sections: ['Joints', 'Tools'],
      pins: [
        pin(
          'joint',
          'Dovetails, cut by eye',
          'The fourth one always fits.',
          'A close view of dovetail joints in wood',
          { section: 'Joints' },
        ),
        pin(
          'joint',
          'The chisel that was my father’s',
          'Shorter every year, like all of us.',
          'A chisel on a dovetailed board',
          { section: 'Tools' },
        ),
      ],
    },
    {
      name: 'Light',
      description: 'Lamps that stand beside our furniture.',
      pins: [
        pin(
          'lamp',
          'Linen shade, iron stem',
          'Made by a friend, two streets on.',
          'A floor lamp beside a wooden bench',
        ),
        pin(
          'lamp',
          'Corner for an evening',
          'A bench, a book, a lamp.',
          'A floor lamp lighting a bench with books',
        ),
      ],
    },
    {
      name: 'Client work 2027',
      description: 'For approval. Not public.',
      privacy: 'PROTECTED',
      pins: [
        pin(
          'table',
          'Sketch for a library table',
          'Second version, longer legs.',
          'A long table under a lamp',
        ),
      ],
    },
  ],
}
