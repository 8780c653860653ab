-- Earned value. Grain: a project under way at the status date: the period's end, or the time of asking if that comes first; begun, neither
-- accepted nor cancelled by then. Cumulative: the period's beginning does not matter. Output: the columns of observed, the formulas of EarnedValue.
-- Inputs: project, milestone, milestone_baseline, project_cost, company, account_zone. @variant: the metric's id.
-- A milestone earns its planned cost, that of its first baseline, when it is accepted and nothing before. Cancelled ones are no longer planned.
-- A figure that needs costs is undefined without any, one that needs a plan before anything was due; such projects are excluded.
with status as (
  select least(@to - interval '1 microsecond', @as_of) as at where @from <= @as_of
),
under_way as (
  select p.account_id, p.source_key, p.name, p.manager_key, p.budget_cost, coalesce(p.currency, f.currency) as currency, f.currency as reporting, s.at
  from project p
  cross join status s
  cross join company f
  where not p.deleted and p.occurred_at <= s.at and (p.accepted_at > s.at or p.accepted_at is null) and (p.cancelled_at > s.at or p.cancelled_at is null)
),
milestones as (
  select distinct on (m.account_id, m.source_key) m.account_id, m.project_key, b.planned_cost, coalesce(m.accepted_at <= u.at, false) as accepted,
    (b.due_on + 1)::timestamp at time zone z.zone - interval '1 microsecond' <= u.at as due
  from under_way u
  join milestone m on m.account_id = u.account_id and m.project_key = u.source_key and not m.deleted and (m.cancelled_at > u.at or m.cancelled_at is null)
  join milestone_baseline b on b.account_id = m.account_id and b.milestone_key = m.source_key and b.version = 0 and not b.deleted and b.occurred_at <= u.at
  join account_zone z on z.account_id = u.account_id
  order by m.account_id, m.source_key, b.occurred_at, b.source_key
),
plans as (
  select account_id, project_key, sum(planned_cost) as bac, coalesce(sum(planned_cost) filter (where accepted), 0) as ev,
    coalesce(sum(planned_cost) filter (where due), 0) as pv, bool_or(planned_cost is null) as gaps
  from milestones
  group by account_id, project_key
),
costs as (
  select c.account_id, c.project_key, sum(c.amount) as ac, bool_or(c.amount is null) as without_rate, min(c.currency) as currency,
    count(distinct c.currency) as currencies
  from project_cost c
  join status s on c.occurred_at <= s.at
  group by c.account_id, c.project_key
),
valued as (
  select u.account_id, u.source_key, u.name, u.manager_key, u.budget_cost, u.at, p.bac, p.ev, p.pv, p.gaps, coalesce(c.ac, 0) as ac, c.without_rate,
    c.currencies, coalesce(u.currency, c.currency) as currency, u.reporting
  from under_way u
  left join plans p on p.account_id = u.account_id and p.project_key = u.source_key
  left join costs c on c.account_id = u.account_id and c.project_key = u.source_key
),
rates as materialized (
  -- Once for each currency and day: folded into the join, it would be looked up for each row.
  select *, case when reporting is null then 1 else exchange_rate(currency, reporting, (at at time zone @zone)::date) end as rate
  from (select distinct currency, reporting, at from valued) d
),
-- What stands over the fraction line and under it; null where the figure is undefined.
figures as (
  select v.*, r.rate,
    case @variant
      when 'cpi' then ev
      when 'spi' then ev
      when 'eac' then bac * ac / nullif(ev, 0)
      when 'eac_atypical' then ac + (bac - ev)
      when 'eac_combined' then ac + (bac - ev) / nullif(ev / nullif(ac, 0) * ev / nullif(pv, 0), 0)
      when 'tcpi' then bac - ev
      when 'cost_variance' then ev - ac
      when 'schedule_variance' then ev - pv
      when 'variance_at_completion' then bac - bac * ac / nullif(ev, 0)
    end as amount,
    case @variant when 'cpi' then ac when 'spi' then pv when 'tcpi' then bac - ac end as base,
    case
      when bac is null and budget_cost is null then 'without a budget'
      when bac is null then 'without planned costs of its milestones'
      when gaps then 'with a milestone without planned cost'
      when without_rate then 'with costs in a currency without an exchange rate'
      when currencies > 1 then 'with costs in several currencies'
      when r.rate is null then 'without an exchange rate from ' || v.currency || ' to ' || v.reporting
      when ac = 0 and @variant not in ('spi', 'schedule_variance') then 'without costs by then'
      when pv = 0 and @variant in ('spi', 'schedule_variance', 'eac_combined') then 'with nothing due by then'
      when ev = 0 and @variant in ('eac', 'eac_combined', 'variance_at_completion') then 'with nothing earned by then'
      when ac >= bac and @variant = 'tcpi' then 'with the budget spent'
    end as excluded
  from valued v
  join rates r on r.currency is not distinct from v.currency and r.reporting is not distinct from v.reporting
),
final as (
  select account_id, 'project' as fact, source_key as row_key, name as label, manager_key as staff_key, null::text as team_key, null::text as channel,
    at as counted_at, amount * coalesce(rate, 1) as amount, base * coalesce(rate, 1) as base,
    case when rate is null then currency else coalesce(reporting, currency) end as currency, null::boolean as finished, excluded
  from figures
)
select * from final
