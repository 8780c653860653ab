-- What a refresh needs to cost only what changed, and the roll-ups that answer figures without reading the ledger.

-- Which facts changed: a rule that reads none of them is not run. 'horizon' is time itself, which opens slots.
alter table dirty_account add facts text[] not null default '{account}';
alter table dirty_account alter facts drop default;

alter table commitment
  add segment text,
  add region text,
  -- Facts from before this instant made it what it is, and no later one can change it; infinity while one still can.
  add fixed_at timestamptz not null default 'infinity',
  -- From this instant on time alone no longer changes whether it was kept.
  add settles_at timestamptz not null default 'infinity';
alter table commitment alter fixed_at drop default, alter settles_at drop default;
create index commitment_by_fixing on commitment (account_id, kind, fixed_at);
create index commitment_by_settling on commitment (kind, settles_at);
create index interaction_inbound_calls on interaction (account_id, occurred_at) where direction = 'inbound' and kind in ('call', 'voicemail');

alter table ledger_state
  -- The roll-ups hold what settled before this instant; the rest is judged by the clock.
  add settled_until timestamptz not null default '-infinity',
  -- By which zone and which kinds' due dates the months of the roll-ups were made; when it changes, they are counted again.
  add rollup_basis text not null default '';

-- What settled, by everything a figure can be asked for at once. Company-wide: small, and a reference table where there are shards.
create table rollup (
  kind text not null,
  -- First day of the month, in the reporting zone, in which it counts.
  month date not null,
  team_key text,
  owed_by text,
  segment text,
  region text,
  kept bigint not null,
  missed bigint not null,
  -- Of missed: never fulfilled.
  never_answered bigint not null,
  answered bigint not null,
  business_kept bigint not null,
  business_missed bigint not null
);
create unique index rollup_cell on rollup (kind, month, team_key, owed_by, segment, region) nulls not distinct;
create index rollup_empty on rollup (kind) where kept = 0 and missed = 0;

create table rollup_excused (
  kind text not null,
  month date not null,
  team_key text,
  owed_by text,
  segment text,
  region text,
  reason text,
  n bigint not null
);
create unique index rollup_excused_cell on rollup_excused (kind, month, team_key, owed_by, segment, region, reason) nulls not distinct;
create index rollup_excused_empty on rollup_excused (kind) where n = 0;

-- How long fulfilment took, as a histogram from which percentiles are read within 1 %.
create table rollup_hours (
  kind text not null,
  month date not null,
  team_key text,
  -- Durations in (1.0202^(bucket - 1), 1.0202^bucket] seconds; up to a second is bucket 0.
  bucket integer not null,
  n bigint not null
);
create unique index rollup_hours_cell on rollup_hours (kind, month, team_key, bucket) nulls not distinct;
create index rollup_hours_empty on rollup_hours (kind) where n = 0;

-- Each time cells were compared with the ledger.
create table rollup_audit (
  rollup_audit_id bigint generated always as identity primary key,
  audited_at timestamptz not null,
  cells bigint not null,
  mismatches bigint not null
);

-- Ledgers from before get the new columns by being derived again.
insert into dirty_account (account_id, since, facts)
select distinct account_id, '-infinity'::timestamptz, '{account}'::text[] from commitment
on conflict (account_id) do update set since = excluded.since, facts = excluded.facts;
