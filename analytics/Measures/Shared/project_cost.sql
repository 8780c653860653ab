-- What projects cost so far. Grain: a cost entry. In the currency of the project, else of the company, else its own, by the rate of the day;
-- amount is null where no rate is known.
with entries as (
  select c.account_id, c.project_key, c.source_key, c.occurred_at, c.amount, c.currency, coalesce(p.currency, f.currency, c.currency) as project_currency,
    (c.occurred_at at time zone @zone)::date as day
  from cost_entry c
  join project p on p.account_id = c.account_id and p.source_key = c.project_key
  cross join company f
  where not c.deleted and c.occurred_at <= @as_of
),
rates as materialized (
  -- Once for each currency and day: folded into the join, it would be looked up for each row.
  select *, exchange_rate(currency, project_currency, day) as rate
  from (select distinct currency, project_currency, day from entries where currency <> project_currency) d
)
select e.account_id, e.project_key, e.source_key, e.occurred_at,
  case when e.currency = e.project_currency then e.amount else e.amount * r.rate end as amount, e.project_currency as currency
from entries e
left join rates r on r.currency = e.currency and r.project_currency = e.project_currency and r.day = e.day
