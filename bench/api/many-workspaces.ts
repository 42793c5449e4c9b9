import type { Shop } from '../../prove/stage/people.ts'
import type { Stage } from '../../prove/stage/stage.ts'

/**
 * Fills workspaces `from` to `to` with posts, each with a picture and a target, due from two months
 * ago to in two months. They are made in the image of one that was set up through the API; its person
 * is a member of all.
 */
export async function fillWorkspaces(
  stage: Stage,
  shop: Shop,
  { from, to, targetsEach }: { from: number; to: number; targetsEach: number },
): Promise<void> {
  const client = await stage.admin.connect()
  try {
    // Rows are made whole; the foreign keys would be checked a million times for nothing.
    await client.query("set session_replication_role = 'replica'")
    const values = [shop.workspaceId, from, to]
    for (const statement of workspaceStatements) await client.query(statement, values)
    for (const statement of postStatements) {
      await client.query(statement, [shop.connectionId, from, to, targetsEach])
    }
    await client.query("set session_replication_role = 'origin'")
  } finally {
    client.release()
  }
  await stage.admin.query('vacuum analyze')
}

/** Ids of the rows below: told from the number of the workspace and of the row, so that they meet. */
export const idFunctions = `
  create schema if not exists bench;
  create or replace function bench.id(kind int, workspace int, number int) returns uuid language sql immutable as $$
    select (lpad(to_hex(26632192 + kind), 8, '0') || '-' || lpad(to_hex(workspace), 4, '0') ||
      '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$;`

const clone = (table: string, overrides: string) => `
  insert into ${table}
  select (jsonb_populate_record(null::${table}, to_jsonb(source) || ${overrides})).*
  from ${table} source, generate_series($2::int, $3::int) w`

const workspaceStatements = [
  `${clone('workspaces', "jsonb_build_object('id', bench.id(0, w, 0), 'name', 'Shop ' || w)")} where source.id = $1`,
  `${clone('memberships', "jsonb_build_object('workspace_id', bench.id(0, w, 0), 'id', bench.id(1, w, 0))")} where source.workspace_id = $1`,
  `${clone('connections', "jsonb_build_object('workspace_id', bench.id(0, w, 0), 'id', bench.id(2, w, 0))")} where source.workspace_id = $1`,
  `${clone('assets', "jsonb_build_object('workspace_id', bench.id(0, w, 0), 'id', bench.id(3, w, 0))")} where source.workspace_id = $1`,
  `${clone(
    'renditions',
    "jsonb_build_object('workspace_id', bench.id(0, w, 0), 'asset_id', bench.id(3, w, 0), 'id', uuidv7())",
  )} where source.workspace_id = $1`,
]

// Four months around now, evenly; what is past is published.
const rows = `from generate_series($2::int, $3::int) w, generate_series(1, $4::int) n,
  lateral (select now() - interval '60 days' + interval '120 days' * n / $4::int as at) due`

const postStatements = [
  `insert into posts (workspace_id, id, title, body, link, created_by, created_at, updated_at)
   select bench.id(0, w, 0), bench.id(4, w, n), 'Post ' || n,
     'Dahlias and dried grass, tied by hand, ready for the table.', 'https://shop.example/' || n,
     (select created_by from assets limit 1), due.at - interval '7 days', due.at - interval '7 days'
   ${rows} where $1::uuid is not null`,
  `insert into post_media (workspace_id, id, post_id, position, asset_id, alt_text)
   select bench.id(0, w, 0), bench.id(5, w, n), bench.id(4, w, n), 0, bench.id(3, w, 0), 'A bouquet'
   ${rows} where $1::uuid is not null`,
  `insert into targets (workspace_id, id, post_id, position, connection_id, network, destination_id,
     state, due_at, external_id, published_at)
   select bench.id(0, w, 0), bench.id(6, w, n), bench.id(4, w, n), 0, bench.id(2, w, 0),
     (select network from connections where id = $1), '1',
     case when due.at < now() then 'published' else 'scheduled' end, due.at,
     case when due.at < now() then n::text end, case when due.at < now() then due.at end
   ${rows}`,
]

/** The id of a workspace by its number. */
export async function workspaceIdOf(stage: Stage, number: number): Promise<string> {
  const { rows: found } = await stage.admin.query<{ id: string }>(
    'select bench.id(0, $1, 0) as id',
    [number],
  )
  return found[0]?.id ?? ''
}
