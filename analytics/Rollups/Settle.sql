-- Moves the instant until which the ledger has settled to @now and notes what it passes; the ledger itself is not written.
-- Input: commitment. Output: rows of rollup_move. Parameters: @now, @kinds.
with before as materialized (
  select settled_until from ledger_state
),
moved as (
  insert into rollup_move
  select 1, c.kind, team_key, owed_by, segment, region, opened_at, due_at, due_next_business_day, fulfilled_at, excused_at, excused_reason
  from commitment c
  where c.kind = any (@kinds) and c.settles_at >= (select settled_until from before) and c.settles_at < @now
)
update ledger_state set settled_until = @now
