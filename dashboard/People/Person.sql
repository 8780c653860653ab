-- One person as the page heads him. Grain: one row; none when there is none, or none that the viewer may see. @key, @now;
-- @viewer_teams, @viewer_staff: the viewer's limits, null for none. Columns: name, title, manager's key and name, since, left, and his teams
-- now as two arrays, keys and names.
select s.name, s.title, s.manager_key, m.name, s.occurred_at, s.ended_at, coalesce(t.keys, '{}'), coalesce(t.names, '{}')
from staff s
left join staff m on m.source_key = s.manager_key
left join lateral (
  select array_agg(b.team_key order by t.name, b.team_key) as keys, array_agg(coalesce(t.name, b.team_key) order by t.name, b.team_key) as names
  from (select distinct team_key from team_membership
    where staff_key = s.source_key and not deleted and occurred_at <= @now and (ended_at is null or ended_at > @now)) b
  left join team t on t.source_key = b.team_key) t on true
where s.source_key = @key and not s.deleted and (@viewer_staff::text is null or s.source_key = @viewer_staff)
  and (@viewer_teams::text[] is null or exists (
    select from team_membership b where b.staff_key = s.source_key and b.team_key = any (@viewer_teams) and not b.deleted))
