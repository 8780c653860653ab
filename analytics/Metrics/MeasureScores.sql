-- Scores by group and account. Follows MeasureScope.sql. Accounts that gave none have n = 0: they say how large the population is.
, accounts as (
  select group_key, account_id, count(*) filter (where excluded is null) as n, sum(amount) filter (where excluded is null) as amount,
    sum((amount * amount)::float8) filter (where excluded is null) as amount_squared,
    count(*) filter (where excluded is null and amount > 0) as above, count(*) filter (where excluded is null and amount < 0) as below
  from grouped
  group by group_key, account_id
)
select k.group_key, k.group_name, k.reasons, a.n, a.amount, a.amount_squared, a.above, a.below
from accounts a
join names k on array[k.group_key] = array[a.group_key]
order by case when @by::text = 'month' then k.group_key end, sum(a.n) over (partition by k.group_key) desc, k.group_key, a.account_id
