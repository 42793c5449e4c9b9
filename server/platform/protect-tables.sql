-- Run after every migration, as the owner. What it does is written nowhere else: each table with a
-- workspace_id is open only to the workspace named in the running transaction, for the owner too,
-- and the app's role gets rows, never tables.
do $$
declare
  target record;
begin
  for target in
    select c.oid::regclass as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relkind in ('r', 'p')
      -- Named global in docs/decisions/003-tenancy.md: they are read before the workspace is known.
      and c.relname not in ('memberships', 'public_tokens')
  loop
    execute format('alter table %s enable row level security', target.name);
    execute format('alter table %s force row level security', target.name);
    execute format('drop policy if exists workspace on %s', target.name);
    execute format(
      'create policy workspace on %s using (workspace_id = (select app.workspace())) with check (workspace_id = (select app.workspace()))',
      target.name);
  end loop;
end
$$;

-- A workspace is seen from inside it, and by the people who belong to it.
alter table workspaces enable row level security;
alter table workspaces force row level security;
drop policy if exists workspace on workspaces;
create policy workspace on workspaces
  using (
    id = (select app.workspace())
    or id in (select m.workspace_id from memberships m where m.user_id = (select app.person()))
  )
  with check (id = (select app.workspace()));

grant usage on schema public, app to avow_app;
grant select, insert, update, delete on all tables in schema public to avow_app;
-- Proofs are written once. Attempts go only with their target, by cascade, which is the owner's act;
-- receipts stay as long as the workspace.
revoke update, delete on receipts, attempts from avow_app;
grant usage on all sequences in schema public to avow_app;
grant select on app.clock to avow_app;
grant execute on all functions in schema app to avow_app;
