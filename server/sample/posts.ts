import type { PictureName } from './pictures.ts'

/** When a post goes out: at once, that many days from the start at a time of day, by the queue, or not. */
type Fate =
  | 'now'
  | 'queue'
  | 'draft'
  /** Into the calendar and out of it again. */
  | 'cancelled'
  /** To a board that does not exist: the network refuses it. */
  | 'refused'
  | { day: number; time: string }

export type SamplePost = {
  board: string
  title: string
  body: string
  pictures: PictureName[]
  fate: Fate
}

export type Shop = {
  /** The name of its account at the network. */
  name: string
  site: string
  slots: { weekday: number; time: string }[]
  posts: SamplePost[]
}

const on = (day: number, time: string) => ({ day, time })
const post = (
  fate: Fate,
  board: string,
  pictures: PictureName[],
  title: string,
  body: string,
): SamplePost => ({ board, title, body, pictures, fate })

const flowers = [
  post(
    'now',
    'Seasonal bouquets',
    ['late-summer-bouquet.jpg'],
    'The last of the summer dahlias',
    'Cut this morning, tied by hand. They like a cool room and fresh water every day.',
  ),
  post(
    'now',
    'Wreaths',
    ['olive-wreath.jpg'],
    'Olive, for the front door',
    'Fresh olive that dries where it hangs and keeps its colour until spring.',
  ),
  post(
    'now',
    'Weddings',
    ['white-bridal-bouquet.jpg'],
    'Ivory, with one rose',
    'For a wedding in an orchard. Three weeks of planning, one morning of tying.',
  ),
  post(
    on(1, '10:30'),
    'Seasonal bouquets',
    ['evening-dahlias.jpg'],
    'Plum and peach for a long evening',
    'Deep colours look best by candle light.',
  ),
  post(
    on(3, '09:00'),
    'Wreaths',
    ['winter-wreath.jpg'],
    'A wreath that lasts the winter',
    'Eucalyptus, bay and a few late blooms. Mist it once a week.',
  ),
  post(
    on(6, '17:15'),
    'Seasonal bouquets',
    ['late-summer-bouquet.jpg', 'evening-dahlias.jpg', 'white-bridal-bouquet.jpg'],
    'Three bouquets, one market',
    'Same flowers, three moods. Which one is yours?',
  ),
  post(
    on(9, '10:30'),
    'Weddings',
    ['white-bridal-bouquet.jpg'],
    'How we plan a bridal bouquet',
    'It starts with the dress and ends with what is in bloom that week.',
  ),
  post(
    on(13, '09:00'),
    'Wreaths',
    ['olive-wreath.jpg', 'winter-wreath.jpg'],
    'Wreath evenings in the studio',
    'Six places, wire and tea included. Thursdays at seven.',
  ),
  post(
    'queue',
    'Seasonal bouquets',
    ['evening-dahlias.jpg'],
    'Keep cut flowers for ten days',
    'Cut the stems at a slant, change the water, keep them away from fruit.',
  ),
  post(
    'queue',
    'Botanical prints',
    ['olive-wreath.jpg'],
    'A leaf a week',
    'The first of a series about what grows behind the studio.',
  ),
  post(
    'draft',
    'Seasonal bouquets',
    ['late-summer-bouquet.jpg'],
    'Subscriptions for the new year',
    'A bouquet every other Friday. Prices are still to be agreed.',
  ),
] satisfies SamplePost[]

const bread = [
  post(
    'now',
    'Bread',
    ['country-loaves.jpg'],
    'Country loaves, out at seven',
    'Thirty hours of slow rising and a crust that sings when it cools.',
  ),
  post(
    'now',
    'Pastry case',
    ['berry-tart.jpg'],
    'The red one',
    'Currants, raspberries and a vanilla custard that took four tries.',
  ),
  post(
    'now',
    'Cakes to order',
    ['blueberry-tart.jpg'],
    'Blueberry tart for eight',
    'Order until Thursday noon, collect on Saturday.',
  ),
  post(
    on(1, '07:30'),
    'Bread',
    ['rye-loaves.jpg'],
    'Rye, the dark way',
    'Whole rye, sourdough and salt. Nothing else, and it keeps for a week.',
  ),
  post(
    on(4, '07:30'),
    'Bread',
    ['country-loaves.jpg', 'rye-loaves.jpg'],
    'Which loaf for which soup',
    'A light crumb for clear soups, rye for everything with cheese.',
  ),
  post(
    on(8, '15:00'),
    'Pastry case',
    ['berry-tart.jpg', 'blueberry-tart.jpg'],
    'Red or blue?',
    'We bake the one that wins on Saturday.',
  ),
  post(
    on(11, '07:30'),
    'Bread',
    ['country-loaves.jpg'],
    'A starter that is twelve years old',
    'Fed twice a day, named by the children of the first baker.',
  ),
  post(
    on(16, '15:00'),
    'Cakes to order',
    ['blueberry-tart.jpg'],
    'Cakes for the holidays',
    'The list opens on Monday. Last year it was full in two days.',
  ),
  post(
    'queue',
    'Bread',
    ['rye-loaves.jpg'],
    'How to keep bread',
    'Cut side down on a board for a day, then in a cloth.',
  ),
  post(
    'refused',
    'Pies',
    ['berry-tart.jpg'],
    'Pie of the week',
    'This one shows what happens when a board is gone by the time that a post is due.',
  ),
  post(
    'draft',
    'Pastry case',
    ['blueberry-tart.jpg'],
    'Opening hours in the holidays',
    'To be checked with the team.',
  ),
] satisfies SamplePost[]

const furniture = [
  post(
    'now',
    'Chairs',
    ['oak-chair.jpg'],
    'Chair no. 4, in oak',
    'Steam-bent back, woven seat, six weeks from log to chair.',
  ),
  post(
    'now',
    'Shelves',
    ['kitchen-shelves.jpg'],
    'Shelves for a narrow kitchen',
    'Forged brackets, oiled oak. They hold what you put on them.',
  ),
  post(
    on(2, '18:00'),
    'Chairs',
    ['walnut-chair.jpg'],
    'The same chair in walnut',
    'Darker wood, a seat in rust. One has been sold, one is in the window.',
  ),
  post(
    on(5, '18:00'),
    'Light',
    ['dinner-lamp.jpg'],
    'A lamp that hangs low',
    'Just above eye level when you sit. That is where a dinner lamp belongs.',
  ),
  post(
    on(10, '12:00'),
    'Chairs',
    ['oak-chair.jpg', 'walnut-chair.jpg'],
    'Oak or walnut?',
    'Oak gets warmer over the years, walnut gets lighter.',
  ),
  post(
    on(18, '18:00'),
    'Shelves',
    ['kitchen-shelves.jpg'],
    'Open workshop on the first Saturday',
    'Bring the measures of your wall.',
  ),
  post(
    'queue',
    'In the workshop',
    ['dinner-lamp.jpg'],
    'How a shade is spun',
    'From a flat disc to a dome in nine minutes.',
  ),
  post(
    'cancelled',
    'Tables',
    ['dinner-lamp.jpg'],
    'Table for twelve',
    'The client asked us to wait with this one.',
  ),
] satisfies SamplePost[]

/** What the sample workspace holds, an account each. */
export const shops: Shop[] = [
  {
    name: 'Fern & Bloom',
    site: 'https://fernandbloom.example',
    slots: [2, 4, 6].map((weekday) => ({ weekday, time: '11:00' })),
    posts: flowers,
  },
  {
    name: 'Harbour Bakery',
    site: 'https://harbourbakery.example',
    slots: [1, 3, 5].map((weekday) => ({ weekday, time: '07:00' })),
    posts: bread,
  },
  {
    name: 'Oak & Iron',
    site: 'https://oakandiron.example',
    slots: [{ weekday: 4, time: '19:00' }],
    posts: furniture,
  },
]
