-- Adds what moved to the cells, in the order of their keys so that refreshes at once never wait for each other in a circle. Follows Counted.sql.
insert into rollup as r
select * from cells
where (kept, missed, never_answered, answered, business_kept, business_missed, pending) <> (0, 0, 0, 0, 0, 0, 0)
order by kind, month, team_key, owed_by, segment, region
on conflict (kind, month, team_key, owed_by, segment, region) do update set
  kept = r.kept + excluded.kept, missed = r.missed + excluded.missed, never_answered = r.never_answered + excluded.never_answered,
  answered = r.answered + excluded.answered, business_kept = r.business_kept + excluded.business_kept,
  business_missed = r.business_missed + excluded.business_missed, pending = r.pending + excluded.pending
