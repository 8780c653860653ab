-- When customers ordered again after their first order. Grain: a customer, shown by the first order. Output: the columns of observed;
-- amount is within how many months the second order came, counted in the reporting zone (the same day still lies within one month);
-- null when there is none. Inputs: customer_order.
with turns as (
  select *, lead(occurred_at) over (partition by account_id order by nth) at time zone @zone as again, occurred_at at time zone @zone as first
  from customer_order
  where excluded is null and nth <= 2
),
counted as (
  -- Calendar months between the two; where adding them to the first falls short of the second, it takes one more.
  select *, (extract(year from again) - extract(year from first)) * 12 + extract(month from again) - extract(month from first) as months
  from turns
  where nth = 1
),
final as (
  select account_id, 'sales_order' as fact, source_key as row_key, number as label,
    null::text as staff_key, null::text as team_key, null::text as channel, occurred_at as counted_at,
    greatest(1, case when again <= first + make_interval(months => months::int) then months else months + 1 end) as amount,
    null::numeric as base, null::text as currency, again is not null as finished, null::text as excluded
  from counted
)
select * from final
