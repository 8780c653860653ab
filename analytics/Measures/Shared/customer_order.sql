-- Orders in the sequence in which each customer placed them. Grain: an order known by the as-of time; progress invoices of a job are one.
-- Output: account_id, source_key, number, occurred_at, amount, currency, nth (1 for the customer's first; null where it does not count),
-- excluded (why it does not count; null when it does). Later orders never change an earlier one's nth.
-- An order cancelled by the end of the period is none; one cancelled later was one when the period was judged.
select o.account_id, o.source_key, o.number, o.occurred_at, o.amount, o.currency,
  case when x.excluded is null then
    row_number() over (partition by o.account_id, x.excluded is null order by o.occurred_at, o.number, o.source_key)
  end as nth,
  x.excluded
from sales_order o
join account a using (account_id)
cross join lateral (
  select case
      when a.anonymous then 'of unnamed buyers'
      when o.revenue_class = 'rework' then 'rework'
      when o.cancelled_at < @to and o.cancelled_at <= @as_of then 'cancelled'
    end as excluded
) x
where not o.deleted and o.occurred_at <= @as_of
