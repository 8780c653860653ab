-- Who ordered again. Grain: a customer with an order in the period, shown by the last of them. Output: the columns of observed.
-- Inputs: customer_order. @variant: repeat (a second order in the period), returning (an order before that last one, whenever it was).
-- What a customer orders after the period changes neither.
with final as (
  select distinct on (account_id) account_id, 'sales_order' as fact, source_key as row_key, number as label,
    null::text as staff_key, null::text as team_key, null::text as channel, occurred_at as counted_at,
    case @variant
      when 'repeat' then case when count(*) over (partition by account_id) > 1 then 1 else 0 end
      else case when nth > 1 then 1 else 0 end
    end::numeric as amount,
    1::numeric as base, null::text as currency, null::boolean as finished, excluded
  from customer_order
  where occurred_at >= @from and occurred_at < @to and (excluded is null or excluded = 'of unnamed buyers')
  order by account_id, nth desc nulls last, occurred_at desc, source_key
)
select * from final
