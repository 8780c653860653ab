-- What a project leaves. Grain: a project accepted in the period. Output: the columns of observed; base is its net revenue, amount the same less
-- its costs, both over its whole life as recorded by the time of asking. Inputs: project, revenue_line, cost_entry.
-- In the reporting currency by the rate of the day. Work not yet invoiced has brought nothing; costs nobody recorded are unknown, not zero.
with entries as (
  select c.account_id, c.project_key, c.amount, c.currency, coalesce(f.currency, c.currency) as reported, (c.occurred_at at time zone @zone)::date as day
  from cost_entry c
  cross join company f
  where not c.deleted and c.occurred_at <= @as_of
),
rates as materialized (
  -- Once for each currency and day: folded into the join, it would be looked up for each row.
  select *, exchange_rate(currency, reported, day) as rate from (select distinct currency, reported, day from entries) d
),
movements as (
  select account_id, project_key, amount as revenue, 0 as cost, currency, excluded is not null as without_rate, false as is_cost
  from revenue_line
  where project_key is not null and revenue_class <> 'rework' and occurred_at <= @as_of
  union all
  select e.account_id, e.project_key, 0, e.amount * r.rate, e.reported, r.rate is null, true
  from entries e
  join rates r using (currency, reported, day)
),
sums as (
  select account_id, project_key, sum(revenue) as revenue, sum(cost) as cost, min(currency) as currency, count(distinct currency) as currencies,
    bool_or(without_rate) as without_rate, bool_or(is_cost) as has_costs
  from movements
  group by account_id, project_key
),
final as (
  select p.account_id, 'project' as fact, p.source_key as row_key, p.name as label, p.manager_key as staff_key, null::text as team_key,
    null::text as channel, p.accepted_at as counted_at, s.revenue - s.cost as amount, s.revenue as base, s.currency, null::boolean as finished,
    case
      when s.has_costs is not true then 'without recorded costs'
      when s.without_rate then 'with amounts in a currency without an exchange rate'
      when s.currencies > 1 then 'with amounts in several currencies'
    end as excluded
  from project p
  left join sums s on s.account_id = p.account_id and s.project_key = p.source_key
  where not p.deleted and p.accepted_at >= @from and p.accepted_at < @to and p.accepted_at <= @as_of
)
select * from final
