-- What the filters of a list offer a viewer. Grain: one row per choice. Columns: choice ('team' or 'person'), key, name.
-- $1: the viewer's teams, $2: the person he is limited to; null for no such limit.
select 'team' as choice, source_key as key, name
from team
where not deleted and ($1::text[] is null or source_key = any ($1))
  and ($2::text is null or source_key in (select team_key from team_membership where staff_key = $2 and not deleted))
union all
select 'person', source_key, name
from staff s
where not deleted and ($2::text is null or source_key = $2)
  and ($1::text[] is null or exists (select from team_membership m where m.staff_key = s.source_key and m.team_key = any ($1) and not m.deleted))
order by 1 desc, 3, 2
