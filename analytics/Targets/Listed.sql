-- Targets as a list shows them. Grain: a target. @metric, @team, @staff (null for all; @company: only the company's), @day (in force then;
-- null for all), @replaced: also what counts no more. Columns: those of a target, name of team or person, recorded and replaced at and by, and how many there are in all.
select t.target_id, t.metric, t.team_key, t.staff_key, t.from_day, t.to_day, t.threshold, t.target, t.stretch,
  coalesce(g.name, p.name), t.recorded_at, t.recorded_by, t.replaced_at, t.replaced_by, count(*) over ()
from metric_target t
left join team g on g.source_key = t.team_key and not g.deleted
left join staff p on p.source_key = t.staff_key and not p.deleted
where (@metric::text is null or t.metric = @metric)
  and (@team::text is null or t.team_key = @team)
  and (@staff::text is null or t.staff_key = @staff)
  and (not @company or (t.team_key is null and t.staff_key is null))
  and (@day::date is null or (t.from_day <= @day and (t.to_day is null or t.to_day > @day)))
  and (@replaced or t.replaced_at is null)
order by t.metric, t.team_key is not null, t.staff_key is not null, coalesce(g.name, p.name), t.team_key, t.staff_key, t.from_day desc, t.target_id desc
offset @skip limit @take
