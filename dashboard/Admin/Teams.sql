-- Who belongs to which team, by team and then by who came first; people without a team come last. Grain: one row per membership, one per team
-- without any, one per person without any. $1: now; $2: the ended ones too.
-- Columns: team's key and name, region, lead's name, person's key and name, since, until, membership's key, whether it holds now.
select t.source_key, t.name, t.region, coalesce(l.name, t.lead_key), m.staff_key, coalesce(s.name, m.staff_key), m.occurred_at, m.ended_at, m.source_key,
  coalesce(m.occurred_at <= $1 and (m.ended_at is null or m.ended_at > $1), false)
from team t
left join staff l on l.source_key = t.lead_key and not l.deleted
left join team_membership m on m.team_key = t.source_key and not m.deleted and ($2 or m.ended_at is null or m.ended_at > $1)
left join staff s on s.source_key = m.staff_key and not s.deleted
where not t.deleted
union all
select null, null, null, null, s.source_key, s.name, s.occurred_at, s.ended_at, null, true
from staff s
where not s.deleted and (s.ended_at is null or s.ended_at > $1)
  and not exists (
    select from team_membership m
    join team t on t.source_key = m.team_key and not t.deleted
    where m.staff_key = s.source_key and not m.deleted and (m.ended_at is null or m.ended_at > $1))
order by 2 nulls last, 1, 7, 6
