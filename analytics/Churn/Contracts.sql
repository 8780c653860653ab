-- Contracts that end after each cut. Grain: a cut of an account with a retainer that ends after the gap. Inputs: project, sales_order, as known
-- at the data cut-off; @cuts, @gap_days, @grace_days. Output: cut, account_id, ends_at (the first to end), renewed.
-- Renewed is an end after which, or within its grace, another retainer runs on, or that a renewal was ordered for.
with contracts as (
  select account_id, source_key, occurred_at as begins_at, planned_end::timestamptz as ends_at
  from project
  where not deleted and contract_type = 'retainer' and planned_end is not null and (cancelled_at is null or cancelled_at >= planned_end::timestamptz)
),
ending as (
  select distinct on (c.cut, k.account_id) c.cut, k.account_id, k.source_key, k.begins_at, k.ends_at
  from unnest(@cuts) as c (cut)
  join contracts k on k.begins_at <= c.cut and k.ends_at > c.cut + @gap_days * interval '1 day'
  order by c.cut, k.account_id, k.ends_at, k.source_key
)
select e.cut, e.account_id, e.ends_at,
  exists (
    select from contracts n
    where n.account_id = e.account_id and n.source_key <> e.source_key and n.ends_at > e.ends_at
      and n.begins_at <= e.ends_at + @grace_days * interval '1 day')
  or exists (
    select from sales_order o
    where o.account_id = e.account_id and not o.deleted and o.revenue_class = 'renewal' and o.cancelled_at is null
      and o.occurred_at > e.begins_at and o.occurred_at <= e.ends_at + @grace_days * interval '1 day') as renewed
from ending e
