-- Moves the instant until which the ledger has settled to @now and notes what that changes; the ledger itself is not written.
-- Input: commitment. Output: rows of rollup_move. Parameters: @now, @kinds.
with before as materialized (
  select settled_until from ledger_state
),
passed as (
  -- What settled, and what opened or fell due while nobody had fulfilled it.
  select * from commitment
  where kind = any (@kinds) and settles_at >= (select settled_until from before) and settles_at < @now
    and (fulfilled_at is not null or excused_at is not null)
  union
  select * from commitment
  where kind = any (@kinds) and opened_at >= (select settled_until from before) and opened_at <= @now and fulfilled_at is null and excused_at is null
  union
  select * from commitment
  where kind = any (@kinds) and due_at >= (select settled_until from before) and due_at < @now and fulfilled_at is null and excused_at is null
  union
  select * from commitment
  where kind = any (@kinds) and due_next_business_day >= (select settled_until from before) and due_next_business_day < @now
    and fulfilled_at is null and excused_at is null
),
moved as (
  insert into rollup_move
  select m.sign, kind, team_key, owed_by, segment, region, opened_at, due_at, due_next_business_day, fulfilled_at, excused_at, excused_reason, settles_at, m.as_of
  from passed cross join lateral (values (-1, (select settled_until from before)), (1, @now)) m(sign, as_of)
)
update ledger_state set settled_until = @now
