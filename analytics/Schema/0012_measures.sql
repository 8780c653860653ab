-- What measures share: exchange rates and net revenue, line by line.

-- The factor from one currency to another by the newest rate of that day or before, stated in either direction; 1 within one currency,
-- null when no rate is known. fx_rate stands without its schema on purpose: an earlier moment finds its own.
create function exchange_rate(from_currency text, to_currency text, on_day date) returns numeric
language sql stable parallel restricted as $$
  select case when from_currency = to_currency then 1 else (
    select case when currency = from_currency then rate else 1 / rate end
    from fx_rate
    where not deleted and rate <> 0 and day <= on_day
      and ((currency = from_currency and quote_currency = to_currency) or (currency = to_currency and quote_currency = from_currency))
    order by day desc, currency = from_currency desc
    limit 1)
  end
$$;

-- Net invoiced revenue. Grain: an invoice line, or a credit note (negative, on the day it was issued). Net of tax and of what is passed
-- on at cost; voided, unsent and deleted invoices are none. A class that the source does not state is derived: the first invoice of a
-- customer is a new customer's, any later one repeat business; a credit has the class of its invoice's largest line.
create view revenue_line as
with sent as (
  select account_id, source_key, number, project_key, sent_at,
    row_number() over (partition by account_id order by sent_at, number, source_key) = 1 as is_first
  from invoice
  where sent_at is not null and voided_at is null and not deleted
),
lines as (
  select l.account_id, 'invoice_line'::text as fact, l.source_key, l.invoice_key, s.project_key, l.order_key, l.description, s.sent_at as occurred_at,
    coalesce(l.revenue_class, case when s.is_first then 'new_customer' else 'repeat' end) as revenue_class, l.amount, l.currency
  from invoice_line l
  join sent s on s.account_id = l.account_id and s.source_key = l.invoice_key
  where not l.deleted and not l.pass_through
),
credits as (
  select c.account_id, 'credit_note'::text, c.source_key, c.invoice_key, s.project_key, null::text, c.reason, c.occurred_at,
    coalesce((
      select l.revenue_class from lines l where l.account_id = c.account_id and l.invoice_key = c.invoice_key order by abs(l.amount) desc, l.source_key limit 1
    ), 'repeat'), -c.amount, c.currency
  from credit_note c
  left join sent s on s.account_id = c.account_id and s.source_key = c.invoice_key
  where not c.deleted
)
select * from lines
union all
select * from credits;
create view as_known.revenue_line as
with sent as (
  select account_id, source_key, number, project_key, sent_at,
    row_number() over (partition by account_id order by sent_at, number, source_key) = 1 as is_first
  from as_known.invoice
  where sent_at is not null and voided_at is null and not deleted
),
lines as (
  select l.account_id, 'invoice_line'::text as fact, l.source_key, l.invoice_key, s.project_key, l.order_key, l.description, s.sent_at as occurred_at,
    coalesce(l.revenue_class, case when s.is_first then 'new_customer' else 'repeat' end) as revenue_class, l.amount, l.currency
  from as_known.invoice_line l
  join sent s on s.account_id = l.account_id and s.source_key = l.invoice_key
  where not l.deleted and not l.pass_through
),
credits as (
  select c.account_id, 'credit_note'::text, c.source_key, c.invoice_key, s.project_key, null::text, c.reason, c.occurred_at,
    coalesce((
      select l.revenue_class from lines l where l.account_id = c.account_id and l.invoice_key = c.invoice_key order by abs(l.amount) desc, l.source_key limit 1
    ), 'repeat'), -c.amount, c.currency
  from as_known.credit_note c
  left join sent s on s.account_id = c.account_id and s.source_key = c.invoice_key
  where not c.deleted
)
select * from lines
union all
select * from credits;
