-- Adds what moved to the excused, by reason. Follows Counted.sql.
insert into rollup_excused as r
select * from reasons where n <> 0 order by kind, month, team_key, owed_by, segment, region, reason
on conflict (kind, month, team_key, owed_by, segment, region, reason) do update set n = r.n + excluded.n
