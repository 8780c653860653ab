-- What comes back after a delivery. Grain: a project accepted in the period. Output: the columns of observed. Inputs: project, issue, account_zone.
-- @variant: 30d, 90d (whether an issue was raised within so many days), issues (how many within 90 days).
-- The window ends with the last of its days in the zone of the promised calendar; a project whose window is not over is excluded, whatever
-- has come back yet. Issues count unless somebody decided that they are not our doing.
with accepted as (
  select p.account_id, p.source_key, p.name, p.manager_key, p.accepted_at,
    ((p.accepted_at at time zone z.zone)::date + case @variant when '30d' then 31 else 91 end)::timestamp at time zone z.zone as window_ends
  from project p
  join account_zone z using (account_id)
  where not p.deleted and p.accepted_at >= @from and p.accepted_at < @to and p.accepted_at <= @as_of
),
counted as (
  select p.account_id, p.source_key, p.name, p.manager_key, p.accepted_at, p.window_ends, count(i.source_key) as issues
  from accepted p
  left join issue i on i.account_id = p.account_id and i.project_key = p.source_key and not i.deleted and i.chargeable_to_us is not false
    and i.occurred_at >= p.accepted_at and i.occurred_at < p.window_ends and i.occurred_at <= @as_of
  group by 1, 2, 3, 4, 5, 6
),
final as (
  select account_id, 'project' as fact, source_key as row_key, name as label, manager_key as staff_key, null::text as team_key, null::text as channel,
    accepted_at as counted_at, case when @variant = 'issues' then issues else least(issues, 1) end::numeric as amount, 1::numeric as base,
    null::text as currency, null::boolean as finished,
    case when window_ends > @as_of then 'the window is not over yet' end as excluded
  from counted
)
select * from final
