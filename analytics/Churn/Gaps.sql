-- How long customers go between orders. Grain: a segment, and one row without a segment for all of them. Inputs: account, sales_order, as known
-- at the data cut-off. Output: segment, gaps, p90_days (of the gaps between one order and the next), first_order_at (of anybody).
with orders as (
  select o.account_id, a.segment, o.occurred_at, o.occurred_at - lag(o.occurred_at) over (partition by o.account_id order by o.occurred_at, o.source_key) as gap
  from sales_order o
  join (select distinct on (account_id) account_id, segment, anonymous from account order by account_id, source_key) a using (account_id)
  where not o.deleted and not a.anonymous and o.revenue_class is distinct from 'rework' and o.cancelled_at is null
)
select segment, count(gap) as gaps, percentile_cont(0.9) within group (order by extract(epoch from gap) / 86400) as p90_days, min(occurred_at) as first_order_at
from orders
group by grouping sets ((segment), ())
having grouping(segment) = 1 or segment is not null
order by grouping(segment) desc, segment
