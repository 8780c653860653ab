-- Compares every cell of a kind and month with the same counted from the ledger. Follows Counted.sql over that month of the ledger.
-- One statement, so one snapshot: ledger and roll-ups change together. Parameters: @kind, @month. Output: cells, mismatches (cells that
-- differ, that the roll-ups lack, or that they should not have).
, differing as (
  select team_key, owed_by, segment, region from (
    (select * from cells except select * from rollup where kind = @kind and month = @month)
    union all
    (select * from rollup where kind = @kind and month = @month except select * from cells)) c
  group by 1, 2, 3, 4
),
differing_reasons as (
  select team_key, owed_by, segment, region, reason from (
    (select * from reasons except select * from rollup_excused where kind = @kind and month = @month)
    union all
    (select * from rollup_excused where kind = @kind and month = @month except select * from reasons)) c
  group by 1, 2, 3, 4, 5
),
differing_hours as (
  select team_key, bucket from (
    (select * from hours except select * from rollup_hours where kind = @kind and month = @month)
    union all
    (select * from rollup_hours where kind = @kind and month = @month except select * from hours)) c
  group by 1, 2
)
select (select count(*) from cells) + (select count(*) from reasons) + (select count(*) from hours),
  (select count(*) from differing) + (select count(*) from differing_reasons) + (select count(*) from differing_hours)
