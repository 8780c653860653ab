-- Order value that is not a customer's first order. Grain: an order of the period. Output: the columns of observed.
-- Inputs: customer_order, company. In the reporting currency by the rate of the day on which it was ordered.
with final as (
  select o.account_id, 'sales_order' as fact, o.source_key as row_key, o.number as label,
    null::text as staff_key, null::text as team_key, null::text as channel, o.occurred_at as counted_at,
    case when o.nth = 1 then 0 else o.amount * coalesce(r.rate, 1) end as amount, o.amount * coalesce(r.rate, 1) as base,
    case when r.rate is null then o.currency else coalesce(p.currency, o.currency) end as currency, null::boolean as finished,
    coalesce(o.excluded, case when r.rate is null then 'without an exchange rate from ' || o.currency || ' to ' || p.currency end) as excluded
  from customer_order o
  cross join company p
  cross join lateral (
    -- Only what is foreign is looked up: a look-up costs.
    select case when p.currency is null or p.currency = o.currency then 1
        else exchange_rate(o.currency, p.currency, (o.occurred_at at time zone @zone)::date) end as rate
  ) r
  where o.occurred_at >= @from and o.occurred_at < @to
)
select * from final
