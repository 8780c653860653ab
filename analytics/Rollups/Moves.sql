-- What a transaction moves in the roll-ups: commitments as they were (sign -1) and as they are (sign 1), as of the moment up to which the
-- ledger had settled.
create temporary table rollup_move (
  sign integer not null,
  kind text not null,
  team_key text,
  owed_by text,
  segment text,
  region text,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  due_next_business_day timestamptz,
  fulfilled_at timestamptz,
  excused_at timestamptz,
  excused_reason text,
  settles_at timestamptz not null,
  as_of timestamptz not null
) on commit drop
