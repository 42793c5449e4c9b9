import type { Manifest } from '../../../../../contract/networks.ts'

/*
 * Sources, as they stood on 2026-11-22:
 * - the official API description v5, 5.23.0 (github.com/pinterest/api-description, v5/openapi.yaml)
 * - “Pin specifications” at help.pinterest.com and business.pinterest.com
 * - developers.pinterest.com, “Set up authentication and authorization”
 */

const megabyte = 1024 * 1024
const second = 1000
const minute = 60 * second

const network = 'pinterest'

export const manifest: Manifest = {
  network,
  label: 'Pinterest',
  // Brand guidelines at business.pinterest.com: “Pinterest red”.
  colour: '#e60023',
  // `security` of the operations that we call. Reading boards and Pins is needed to offer a board,
  // and to look whether a Pin whose answer was lost was made.
  scopes: [
    { scope: 'user_accounts:read', words: 'See which account this is', needed: true },
    { scope: 'boards:read', words: 'See your boards, so that you can choose one', needed: true },
    // POST /pins asks for it, though nothing of ours changes a board.
    { scope: 'boards:write', words: 'Put Pins on your boards', needed: true },
    { scope: 'pins:read', words: 'See whether a Pin was made', needed: true },
    { scope: 'pins:write', words: 'Make the Pins that you schedule', needed: true },
  ],
  text: {
    // [unconfirmed] How Pinterest counts beyond the basic plane is not said; this is the strictest.
    countedIn: 'utf16',
    title: { max: 100 },
    // The description says 800, the Pin specifications say 500: the first holds, the second warns.
    body: { max: 800, warnAbove: 500 },
    altText: { max: 500 },
    link: { max: 2048 },
  },
  media: {
    required: true,
    // Pin specifications: 20 MB on the web. The API's own limit is not published. [unconfirmed]
    image: { formats: ['jpeg', 'png'], maxBytes: 20 * megabyte },
    // 2 to 5 by the description. [unconfirmed] That all must have one ratio.
    carousel: { min: 2, max: 5, sameRatio: true },
    video: {
      formats: ['mp4', 'mov', 'm4v'],
      codecs: ['h264', 'h265'],
      maxBytes: 2 * 1024 * megabyte,
      minMs: 4 * second,
      maxMs: 15 * minute,
      minRatio: 1 / 2,
      maxRatio: 1.91,
      // [unconfirmed] Integrators report that a video without a cover is refused.
      needsCover: true,
    },
  },
  destination: { noun: 'board', required: true, child: 'section' },
  // POST /oauth/token/revoke serves system users only.
  disconnectWords:
    'Pinterest lets no app withdraw what you allowed it. Open Pinterest, Settings, Security, “Connected apps”, and remove this app there.',
}
