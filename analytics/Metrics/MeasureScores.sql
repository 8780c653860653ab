-- Scores by group and account. Follows MeasureScope.sql. Accounts that gave none stand in one row of their group, n = 0: they say how large
-- the population is. accounts: how many a row is about.
, accounts as (
  select group_key, account_id, count(*) filter (where excluded is null) as n, sum(amount) filter (where excluded is null) as amount,
    sum((amount * amount)::float8) filter (where excluded is null) as amount_squared,
    count(*) filter (where excluded is null and amount > 0) as above, count(*) filter (where excluded is null and amount < 0) as below
  from grouped
  group by group_key, account_id
),
counted as (
  select group_key, account_id, n, amount, amount_squared, above, below, 1 as accounts from accounts where n > 0
  union all
  select group_key, null, 0, null, null, 0, 0, count(*) from accounts where n = 0 group by group_key
)
select k.group_key, k.group_name, k.reasons, a.n, a.amount, a.amount_squared, a.above, a.below, a.accounts
from counted a
join names k on array[k.group_key] = array[a.group_key]
order by case when @by::text = 'month' then k.group_key end, sum(a.n) over (partition by k.group_key) desc, k.group_key, a.account_id
