-- Whether resolutions hold. Grain: a resolution of the period (events), or an issue by its first resolution of the period. Output: the columns
-- of observed. Inputs: issue, issue_state. @variant: rate (issues whose resolution was undone within 7 days), issues, events.
-- Any state but closed entered within 168 hours, the last instant included, undoes a resolution. Of states entered at one instant the resolution
-- is the last.
with states as (
  select s.account_id, s.issue_key, s.source_key, s.occurred_at, s.staff_key, s.state = 'resolved' as resolved,
    min(s.occurred_at) filter (where s.state <> 'resolved') over (
      partition by s.account_id, s.issue_key order by s.occurred_at, s.state = 'resolved', s.source_key
      rows between 1 following and unbounded following) as back_at
  from issue_state s
  where not s.deleted and s.state <> 'closed' and s.occurred_at <= @as_of
),
resolutions as (
  select *, row_number() over (partition by account_id, issue_key order by occurred_at, source_key) as nth,
    occurred_at + interval '168 hours' as holds_at
  from states
  where resolved and occurred_at >= @from and occurred_at < @to
),
final as (
  select r.account_id, case @variant when 'events' then 'issue_state' else 'issue' end as fact,
    case @variant when 'events' then r.source_key else r.issue_key end as row_key, i.title as label,
    coalesce(i.owner_key, r.staff_key) as staff_key, null::text as team_key, i.channel, r.occurred_at as counted_at,
    case when @variant <> 'rate' or r.back_at <= r.holds_at then 1 else 0 end::numeric as amount,
    case @variant when 'rate' then 1 end::numeric as base,
    null::text as currency, null::boolean as finished,
    case when @variant = 'rate' and r.holds_at > @as_of then 'the 7 days are not over yet' end as excluded
  from resolutions r
  join issue i on i.account_id = r.account_id and i.source_key = r.issue_key and not i.deleted
  where @variant = 'events' or r.nth = 1
)
select * from final
