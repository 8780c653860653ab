-- What a transaction moves in the roll-ups: commitments that left (sign -1) or entered (sign 1) what has settled.
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
  excused_reason text
) on commit drop
