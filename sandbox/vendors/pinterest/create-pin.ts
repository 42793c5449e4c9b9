import type { Call } from '../../vendor.ts'
import { json } from '../../vendor.ts'
import type { Caller } from './authorise.ts'
import { takeMedia } from './media-source.ts'
import { operation, readBody, readQuery } from './operation.ts'
import { ownBoard, ownSection } from './owned.ts'
import { presentPin } from './present.ts'
import { Refusal } from './refusal.ts'
import { noQuery, pinCreate } from './schemas.ts'
import type { Pin } from './types.ts'

const TRIAL_REFUSAL =
  'Apps with Trial access may not create Pins in production. Use API Sandbox https://api-sandbox.pinterest.com instead.'

export const createPin = operation({
  name: 'POST /pins',
  scopes: ['boards:read', 'boards:write', 'pins:read', 'pins:write'],
  category: 'org_write',
  handle: async (call, caller) => {
    if (caller.app.tier === 'trial' && call.url.host === 'api.pinterest.com') {
      throw new Refusal(403, 29, TRIAL_REFUSAL)
    }
    readQuery(call, noQuery)
    const body = readBody(call, pinCreate)
    const { world } = call
    const board = ownBoard(world, caller.account, body.board_id)
    const section = body.board_section_id
      ? ownSection(world, board, body.board_section_id)
      : undefined
    const media = await takeMedia(call, caller.account, body.media_source)
    const pin: Pin = {
      id: world.pinterest.newId('pin'),
      accountId: caller.account.id,
      boardId: board.id,
      sectionId: section?.id ?? null,
      title: body.title || null,
      description: body.description || null,
      link: body.link || null,
      altText: body.alt_text || null,
      dominantColor: body.dominant_color ?? null,
      parentPinId: body.parent_pin_id ?? null,
      isStandard:
        'is_standard' in body.media_source ? body.media_source.is_standard !== false : true,
      aiDisclosures: body.ai_disclosures?.values ?? [],
      media,
      createdAt: world.clock.now(),
    }
    // Fetching a picture takes time: the board may have gone meanwhile.
    ownBoard(world, caller.account, board.id)
    world.pinterest.addPin(pin)
    tellHistory(call, caller, pin)
    world.changed()
    return json(201, presentPin(world, pin, caller.account))
  },
})

function tellHistory(call: Call, { account, grant }: Caller, pin: Pin): void {
  call.world.history.record(
    {
      type: 'pin.created',
      id: pin.id,
      account: account.username,
      board: pin.boardId,
      section: pin.sectionId,
      title: pin.title,
      description: pin.description,
      link: pin.link,
      media: pin.media.type,
      grant: grant.id,
    },
    {
      requestId: call.requestId,
      fault: call.fault?.kind ?? null,
      sandboxAt: call.world.clock.iso(),
    },
  )
}
