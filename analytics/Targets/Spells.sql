-- Who was in which team, in days of the company's zone: one team at a time, the latest begun, as where commitments are attributed. Grain: a
-- membership. @zone. Columns: person, team, first day, the day after the last.
select staff_key, team_key, from_day, to_day
from (
  select staff_key, team_key, source_key, (occurred_at at time zone @zone)::date as from_day,
    (least(ended_at, lead(occurred_at) over (partition by staff_key order by occurred_at, source_key)) at time zone @zone)::date as to_day
  from team_membership
  where not deleted) m
where to_day is null or to_day > from_day
order by staff_key, from_day desc
