-- Which account a customer's facts were stored under at a moment. @id: the account of the key; @at. Output: the key that its facts were
-- moved to last, through any number of merges; no row where they are under their own.
with recursive merges as (
  select account_id, into_id, into_key from account_merge where merged_at <= @at and (undone_at is null or undone_at > @at)
),
moves as (
  select m.into_id, m.into_key, 1 as nth from merges m where m.account_id = @id
  union all
  select m.into_id, m.into_key, v.nth + 1 from moves v join merges m on m.account_id = v.into_id
) cycle into_id set is_cycle using path
select into_key from moves order by nth desc limit 1
