-- Who could audit: people of ours, employed at @now, who sign in with one of the roles @roles. Grain: one row per person, by name.
-- Columns: staff key, name, unit of the team he is in at @now (null without a team or unit).
select s.source_key, s.name, u.unit
from staff s
left join lateral (
  select t.unit from team_membership m join team t on t.source_key = m.team_key and not t.deleted
  where m.staff_key = s.source_key and not m.deleted and m.occurred_at <= @now and (m.ended_at is null or @now < m.ended_at)
  order by m.occurred_at desc, m.source_key limit 1
) u on true
where not s.deleted and (s.ended_at is null or s.ended_at > @now) and exists (
  select from app_user a join app_user_role x using (user_id) join app_role r using (role_id)
  where a.staff_key = s.source_key and a.disabled_at is null and r.name = any (@roles))
order by s.name, s.source_key
