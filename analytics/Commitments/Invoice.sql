-- invoice: what has become billable is invoiced within 14 calendar days.
-- Grain: one row per billing event. Output: the columns of obligation. Inputs: dirty (account_id), billing_event, invoice_line,
-- invoice, credit_note, project; account, calendar and company for the zone of the deadline. Always the whole account.
--
-- Opens at the billing event; due at the end of the 14th day after it, in the zone of the promised calendar, else of the company.
-- Fulfilled when invoices sent for it reach 99.5 % of its amount: lines that name the event, in its currency, of invoices not voided.
-- Deposits and events billed before they happened are excluded with a reason. Credits undo nothing: the outcome says 'corrected' when
-- one of its invoices was voided, or credited within 60 days of sending.
with zones as (
  select distinct on (a.account_id) a.account_id, coalesce(k.time_zone, c.reporting_zone) as time_zone
  from dirty d join account a using (account_id) cross join company c
  left join calendar k on k.source_key = a.calendar_key and not k.deleted
  order by a.account_id, a.source_key
),
events as (
  select e.*, p.manager_key,
    ((e.occurred_at at time zone z.time_zone)::date + 15)::timestamp at time zone z.time_zone - interval '1 microsecond' as due_at
  from billing_event e
  join zones z using (account_id)
  left join project p on p.account_id = e.account_id and p.source_key = e.project_key
),
credits as (
  select account_id, invoice_key, min(occurred_at) as first_at
  from credit_note
  where account_id in (select account_id from dirty)
  group by account_id, invoice_key
),
parts as (
  -- What each sent invoice bills of an event.
  select e.account_id, e.source_key as event_key, e.amount as whole, i.source_key as invoice_key, i.sent_at,
    i.voided_at is not null as voided, coalesce(c.first_at <= i.sent_at + interval '1440 hours', false) as credited, sum(l.amount) as amount
  from events e
  join invoice_line l on l.account_id = e.account_id and l.billing_event_key = e.source_key and l.currency = e.currency
  join invoice i on i.account_id = l.account_id and i.source_key = l.invoice_key and i.sent_at is not null
  left join credits c on c.account_id = i.account_id and c.invoice_key = i.source_key
  group by e.account_id, e.source_key, e.amount, i.source_key, i.sent_at, i.voided_at, c.first_at
),
billed as (
  select *, sum(amount) over (partition by account_id, event_key order by sent_at, invoice_key) as so_far
  from parts
  where not voided
),
covering as (
  select distinct on (account_id, event_key) account_id, event_key, invoice_key, sent_at
  from billed
  where so_far * sign(whole) >= 0.995 * abs(whole)
  order by account_id, event_key, sent_at, invoice_key
),
corrected as (
  select account_id, event_key, bool_or(voided or credited) as corrected
  from parts
  group by account_id, event_key
),
final as (
  select e.account_id, e.source_key as commitment_key, '' as party, null::text as contact_key, null::text as thread_key, e.project_key,
    null::text as channel, e.manager_key as owner_key, e.occurred_at as opened_at, e.occurred_at as first_contact_at, e.due_at,
    v.sent_at as fulfilled_at, v.invoice_key as fulfilled_by_key, null::text as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, e.deleted as source_deleted,
    case when v.sent_at is not null and r.corrected then 'corrected' end as outcome, e.amount, e.currency,
    case when e.trigger = 'deposit' or v.sent_at < e.occurred_at then e.occurred_at end as excused_at,
    case when e.trigger = 'deposit' then 'deposit' when v.sent_at < e.occurred_at then 'billed in advance' end as excused_reason,
    null::text as excused_by
  from events e
  left join covering v on v.account_id = e.account_id and v.event_key = e.source_key
  left join corrected r on r.account_id = e.account_id and r.event_key = e.source_key
)
select * from final
