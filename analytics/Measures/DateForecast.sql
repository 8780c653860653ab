-- When a milestone was to be accepted as forecast 30 days before its first agreed date (B0), against when it was. Grain: a milestone whose
-- B0 lies in the period. Output: the columns of observed. Inputs: milestone, milestone_baseline, milestone_forecast, project.
-- @variant: bias (amount = F - A, base = A), wape (|F - A|, |A|). F and A are days from the project's start, in the reporting zone.
-- F is the newest forecast made by the end of the 30th day before B0, else the date agreed by then, else B0 itself.
-- What is not accepted yet has no A: it is excluded and counted, and late acceptance is what the slip shows.
with first_dates as (
  select distinct on (account_id, milestone_key) account_id, milestone_key, due_on, (due_on - 29)::timestamp at time zone @zone as horizon
  from milestone_baseline
  where version = 0 and not deleted and occurred_at <= @as_of
  order by account_id, milestone_key, occurred_at, source_key
),
due as (
  select * from first_dates
  where due_on >= (@from at time zone @zone)::date and due_on < (@to at time zone @zone)::date
),
forecasts as (
  select distinct on (d.account_id, d.milestone_key) d.account_id, d.milestone_key, f.forecast_on
  from due d
  join milestone_forecast f using (account_id, milestone_key)
  where f.occurred_at < d.horizon and not f.deleted
  order by d.account_id, d.milestone_key, f.occurred_at desc, f.source_key desc
),
agreed as (
  -- A later version stands with a reason, an approver and the customer's acknowledgement, as in delivery on time.
  select distinct on (d.account_id, d.milestone_key) d.account_id, d.milestone_key, b.due_on
  from due d
  join milestone_baseline b using (account_id, milestone_key)
  where not b.deleted and b.version > 0 and trim(b.reason) <> '' and b.approved_by_key is not null
    and greatest(b.occurred_at, b.acknowledged_at) < d.horizon and b.acknowledged_at is not null
  order by d.account_id, d.milestone_key, b.version desc, b.source_key desc
),
measured as (
  select d.due_on, m.*, p.manager_key, p.team_key, p.source_key is not null as has_project, m.accepted_at <= @as_of as is_accepted,
    coalesce(f.forecast_on, g.due_on, d.due_on) - (p.occurred_at at time zone @zone)::date as f,
    (m.accepted_at at time zone @zone)::date - (p.occurred_at at time zone @zone)::date as a
  from due d
  join milestone m on m.account_id = d.account_id and m.source_key = d.milestone_key
  left join forecasts f on f.account_id = d.account_id and f.milestone_key = d.milestone_key
  left join agreed g on g.account_id = d.account_id and g.milestone_key = d.milestone_key
  left join project p on p.account_id = m.account_id and p.source_key = m.project_key and not p.deleted
  where not m.deleted
),
final as (
  select account_id, 'milestone' as fact, source_key as row_key, name as label, manager_key as staff_key, team_key, null::text as channel,
    due_on::timestamp at time zone @zone as counted_at,
    case @variant when 'bias' then f - a else abs(f - a) end::numeric as amount, case @variant when 'bias' then a else abs(a) end::numeric as base,
    null::text as currency, null::boolean as finished,
    case
      when not has_project then 'without a project to count days from'
      when due_on >= (@as_of at time zone @zone)::date then 'not due yet'
      when is_accepted then null
      when cancelled_at <= @as_of then 'cancelled'
      else 'not accepted yet'
    end as excluded
  from measured
)
select * from final
