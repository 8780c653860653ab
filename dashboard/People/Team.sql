-- One team as its page heads it. Grain: one row; none when there is none, or none whose figures the viewer may see. @key;
-- @viewer_teams, @viewer_staff: the viewer's limits, null for none; who sees but himself sees no team. Columns: name, unit, region, lead's
-- key and name.
select t.name, t.unit, t.region, t.lead_key, s.name
from team t
left join staff s on s.source_key = t.lead_key
where t.source_key = @key and not t.deleted and @viewer_staff::text is null and (@viewer_teams::text[] is null or t.source_key = any (@viewer_teams))
