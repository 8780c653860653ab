-- What became of customers after each cut. Grain: a cut of an account to which something happened. Inputs: sales_order, as known at the data
-- cut-off; @cuts, @gap_days. Output: cut, account_id, next_order_at: the first order after the gap that was neither cancelled nor rework.
select c.cut, o.account_id, min(o.occurred_at) as next_order_at
from unnest(@cuts) as c (cut)
join sales_order o on o.occurred_at > c.cut + @gap_days * interval '1 day'
where not o.deleted and o.revenue_class is distinct from 'rework' and o.cancelled_at is null
group by c.cut, o.account_id
