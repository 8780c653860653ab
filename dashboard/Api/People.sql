-- People in the order of their keys, of those the viewer may see. Grain: one row per person. @viewer_teams, @viewer_staff: the viewer's limits, null for none;
-- @after: the key that the page follows, null for the first; @most: most rows; @now. Columns: key, name, teams, has left, how many there are in all.
with visible as (
  select s.source_key, s.name, coalesce(s.ended_at <= @now, false) as has_left
  from staff s
  where not s.deleted and (@viewer_staff::text is null or s.source_key = @viewer_staff)
    and (@viewer_teams::text[] is null or exists (
      select from team_membership m where m.staff_key = s.source_key and m.team_key = any (@viewer_teams) and not m.deleted))
)
select v.source_key, v.name,
  array(
    select distinct m.team_key from team_membership m
    where m.staff_key = v.source_key and not m.deleted and m.occurred_at <= @now and (m.ended_at is null or m.ended_at > @now)
      and (@viewer_teams::text[] is null or m.team_key = any (@viewer_teams))
    order by 1) as teams,
  v.has_left, (select count(*) from visible) as total
from visible v
where @after::text is null or v.source_key > @after
order by v.source_key
limit @most
