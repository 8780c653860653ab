-- Sums by group, with what an interval of their quotient needs. Follows MeasureScope.sql.
, sums as (
  select group_key, count(*) as n, sum(amount) as amount, sum(base) as base,
    sum((amount * amount)::float8) as amount_squared, sum((base * base)::float8) as base_squared, sum((amount * base)::float8) as product,
    count(distinct currency) as currencies, min(currency) as currency
  from grouped
  where excluded is null
  group by group_key
)
select k.group_key, k.group_name, k.reasons, coalesce(s.n, 0) as n, s.amount, s.base, s.amount_squared, s.base_squared, s.product,
  coalesce(s.currencies, 0) as currencies, s.currency
from names k
left join sums s on array[s.group_key] = array[k.group_key]
order by case when @by::text = 'month' then k.group_key end, coalesce(s.n, 0) desc, k.group_key
