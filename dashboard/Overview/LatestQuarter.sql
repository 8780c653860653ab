-- The day of the latest commitment that opened before a period. One row, null when there is none. @kinds; @before: the period's first day
-- in @zone; @viewer_teams, @viewer_staff: the viewer's limits, null for none. One step into an index per kind.
select max((latest.opened_at at time zone @zone)::date)
from unnest(@kinds::text[]) kind
cross join lateral (
  select c.opened_at
  from commitment c
  where c.kind = kind and c.opened_at < (@before::date)::timestamp at time zone @zone
    and (@viewer_teams::text[] is null or c.team_key = any (@viewer_teams))
    and (@viewer_staff::text is null or c.owed_by = @viewer_staff)
  order by c.opened_at desc
  limit 1
) latest
