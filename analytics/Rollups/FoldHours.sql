-- Adds what moved to the histograms of hours. Follows Counted.sql.
insert into rollup_hours as r
select * from hours where n <> 0 order by kind, month, team_key, bucket
on conflict (kind, month, team_key, bucket) do update set n = r.n + excluded.n
