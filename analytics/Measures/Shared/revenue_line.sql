-- Net invoiced revenue. Grain: an invoice line, an invoice of which no lines are known as a whole, or a credit note (negative, on the day it was issued). Net of tax and of what is passed
-- on at cost; voided, unsent and deleted invoices are none. A class that the source does not state is derived: the first invoice of a
-- customer is a new customer's, any later one repeat business; a credit has the class of its invoice's largest line.
-- Amounts are in the reporting currency by the rate of the day; where none is known, in their own and excluded with the reason.
-- own_amount and own_currency are as invoiced, for figures that convert at another day's rate.
with sent as (
  select account_id, source_key, number, project_key, sent_at, amount, currency,
    row_number() over (partition by account_id order by sent_at, number, source_key) = 1 as is_first
  from invoice
  where sent_at is not null and voided_at is null and not deleted
),
lines as (
  select l.account_id, 'invoice_line' as fact, l.source_key, l.invoice_key, s.project_key, l.order_key, l.description, s.sent_at as occurred_at,
    coalesce(l.revenue_class, case when s.is_first then 'new_customer' else 'repeat' end) as revenue_class, l.amount, l.currency
  from invoice_line l
  join sent s on s.account_id = l.account_id and s.source_key = l.invoice_key
  where not l.deleted and not l.pass_through
  union all
  -- A source that delivers no lines still delivers what was invoiced.
  select account_id, 'invoice', source_key, source_key, project_key, null, number, sent_at,
    case when is_first then 'new_customer' else 'repeat' end, amount, currency
  from sent s
  where not exists (select from invoice_line l where l.account_id = s.account_id and l.invoice_key = s.source_key)
),
classes as (
  select distinct on (account_id, invoice_key) account_id, invoice_key, revenue_class
  from lines
  order by account_id, invoice_key, abs(amount) desc, source_key
),
credits as (
  select n.account_id, 'credit_note', n.source_key, n.invoice_key, s.project_key, null, n.reason, n.occurred_at,
    coalesce(c.revenue_class, 'repeat'), -n.amount, n.currency
  from credit_note n
  left join sent s on s.account_id = n.account_id and s.source_key = n.invoice_key
  left join classes c on c.account_id = n.account_id and c.invoice_key = n.invoice_key
  where not n.deleted
),
all_lines as (
  select * from lines union all select * from credits
),
rates as materialized (
  -- Once for each currency and day: folded into the join, it would be looked up for each row.
  select d.currency, d.day, exchange_rate(d.currency, p.currency, d.day) as rate
  from (select distinct currency, (occurred_at at time zone @zone)::date as day from all_lines) d
  join company p on p.currency <> d.currency
)
select l.account_id, l.fact, l.source_key, l.invoice_key, l.project_key, l.order_key, l.description, l.occurred_at, l.revenue_class,
  case when p.currency is null or p.currency = l.currency then l.amount else coalesce(l.amount * r.rate, l.amount) end as amount,
  case when p.currency is null or r.rate is null then l.currency else p.currency end as currency,
  l.amount as own_amount, l.currency as own_currency,
  case when p.currency <> l.currency and r.rate is null then 'without an exchange rate from ' || l.currency || ' to ' || p.currency end as excluded
from all_lines l
cross join company p
left join rates r on r.currency = l.currency and r.day = (l.occurred_at at time zone @zone)::date
