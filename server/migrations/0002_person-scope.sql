-- The person of this transaction, or null: then no workspace is visible but the one it runs in.
create function app.person() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;
