import { PgBoss } from 'pg-boss'
import sharp from 'sharp'
import { openShop, type Person, type Shop } from '../../prove/stage/people.ts'
import type { Stage } from '../../prove/stage/stage.ts'
import { contentHash } from '../../server/modules/publishing/content.ts'
import { newId } from '../../server/platform/ids.ts'

/** A workspace with a connection and a picture, for which targets are written straight into the tables. */
export type Place = { shop: Shop; board: string; personId: string; assetId: string; sha256: string }

export async function openPlace(stage: Stage, person: Person, name: string): Promise<Place> {
  const shop = await openShop(stage, person, name)
  const background = '#b5562f'
  const bytes = await sharp({ create: { width: 400, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer()
  const assetId = await shop.upload('picture.jpg', 'image/jpeg', bytes)
  const { rows } = await stage.admin.query<{ sha256: string; created_by: string }>(
    'select sha256, created_by from assets where id = $1',
    [assetId],
  )
  const [asset] = rows
  const [board] = shop.boards
  if (!asset || !board) throw new Error('The picture is not in the library')
  return { shop, board: board.id, personId: asset.created_by, assetId, sha256: asset.sha256 }
}

const bodyText = 'Dahlias and dried grass, tied by hand.'
const altText = 'A bouquet on a table'
const atOnce = 1000

/**
 * Writes approved, scheduled targets with their jobs, spread over the places, as scheduling through
 * the API leaves them. The title of a post is its number. @returns ids in the order of their times
 */
export async function writeDueTargets(
  stage: Stage,
  places: readonly Place[],
  times: readonly Date[],
  firstNumber: number,
): Promise<string[]> {
  const boss = new PgBoss({
    connectionString: stage.adminUrl,
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  })
  await boss.start()
  const ids: string[] = []
  for (let from = 0; from < times.length; from += atOnce) {
    const rows = times.slice(from, from + atOnce).map((dueAt, index) => {
      const place = places[(from + index) % places.length]
      if (!place) throw new Error('There is no place')
      return rowOf(place, dueAt, firstNumber + from + index)
    })
    await insertRows(stage, rows)
    const jobs = rows.map(({ workspace_id: workspaceId, target_id: targetId, due_at }) => ({
      data: { workspaceId, targetId },
      startAfter: due_at,
    }))
    await boss.insert('publish-target', jobs)
    ids.push(...rows.map((row) => row.target_id))
  }
  await boss.stop({ graceful: false })
  await stage.admin.query('analyze')
  return ids
}

function rowOf({ shop, board, personId, assetId, sha256 }: Place, dueAt: Date, number: number) {
  const content = { title: String(number), body: bodyText, link: `https://shop.example/${number}` }
  const { connectionId } = shop
  const media = [{ sha256, altText, coverSha256: null, coverAtMs: null }]
  const target = { connectionId, destinationId: board, destinationChildId: null }
  return {
    workspace_id: shop.workspaceId,
    post_id: newId(),
    media_id: newId(),
    target_id: newId(),
    approval_id: newId(),
    ...content,
    asset_id: assetId,
    alt_text: altText,
    connection_id: connectionId,
    board,
    person: personId,
    due_at: dueAt,
    hash: contentHash(content, media, target),
  }
}

const columns = `workspace_id uuid, post_id uuid, media_id uuid, target_id uuid, approval_id uuid,
  title text, body text, link text, asset_id uuid, alt_text text, connection_id uuid, board text,
  person uuid, due_at timestamptz, hash text`

async function insertRows(stage: Stage, rows: readonly object[]): Promise<void> {
  const given = `from jsonb_to_recordset($1::jsonb) as given(${columns})`
  const statements = [
    `insert into posts (workspace_id, id, title, body, link, created_by)
     select workspace_id, post_id, title, body, link, person ${given}`,
    `insert into post_media (workspace_id, id, post_id, position, asset_id, alt_text)
     select workspace_id, media_id, post_id, 0, asset_id, alt_text ${given}`,
    `insert into targets (workspace_id, id, post_id, position, connection_id, network, destination_id,
       state, due_at, approval_id)
     select workspace_id, target_id, post_id, 0, connection_id, 'pinterest', board,
       'scheduled', due_at, approval_id ${given}`,
    `insert into approvals (workspace_id, id, target_id, content_hash, approved_by)
     select workspace_id, approval_id, target_id, hash, person ${given}`,
  ]
  for (const statement of statements) await stage.admin.query(statement, [JSON.stringify(rows)])
}
