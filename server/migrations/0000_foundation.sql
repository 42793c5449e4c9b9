create schema if not exists app;
--> statement-breakpoint
-- One row while time is moved or scaled (tests, proofs); empty in production.
create table app.clock (
  one boolean primary key default true check (one),
  offset_ms double precision not null,
  rate double precision not null,
  since timestamptz not null
);
--> statement-breakpoint
-- The instant, as tests and proofs may move it (platform/clock.ts has the same sentence).
create function app.now() returns timestamptz language sql stable parallel safe as $$
  select coalesce(
    (
      select statement_timestamp()
        + offset_ms * interval '1 millisecond'
        + (statement_timestamp() - since) * (rate - 1)
      from app.clock
    ),
    statement_timestamp()
  )
$$;
--> statement-breakpoint
-- The workspace of this transaction, or null: then no tenant row is visible.
create function app.workspace() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.workspace', true), '')::uuid
$$;
