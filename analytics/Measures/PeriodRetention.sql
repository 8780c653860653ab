-- Who ordered in the period before and orders in this one. Grain: a customer with an order in the period before, shown by the last of
-- them: whoever owned the account then answers for it. Output: the columns of observed. Inputs: customer_order, @prior_from, @prior_to.
-- Before the period is over nobody can be said to have stayed away, so nobody is judged.
with before as (
  select distinct on (account_id) *
  from customer_order
  where occurred_at >= @prior_from and occurred_at < @prior_to and (excluded is null or excluded = 'of unnamed buyers')
  order by account_id, nth desc nulls last, occurred_at desc, source_key
),
returned as (
  select distinct account_id
  from customer_order
  where occurred_at >= @from and occurred_at < @to and excluded is null
),
final as (
  select b.account_id, 'sales_order' as fact, b.source_key as row_key, b.number as label,
    null::text as staff_key, null::text as team_key, null::text as channel, b.occurred_at as counted_at,
    case when r.account_id is null then 0 else 1 end::numeric as amount, 1::numeric as base, null::text as currency, null::boolean as finished,
    case when b.excluded is not null then b.excluded when @as_of < @to then 'with the period not over yet' end as excluded
  from before b
  left join returned r using (account_id)
)
select * from final
