-- proposal: who asks for a proposal gets a complete one within 14 days, and by the date we named.
-- Grain: one row per request. Output: the columns of obligation. Inputs: dirty (account_id), proposal_request, proposal, deal;
-- account, calendar and company for the zone of the deadline. Always the whole account.
--
-- Opens when asked; due at the end of the 14th day or of the day we promised, whichever comes first, in the zone of the promised
-- calendar, else of the company. Fulfilled by the first complete proposal sent for the request, whichever revision it is.
-- Our decision not to bid and the customer's withdrawal are excluded when they come before the due time and before a proposal; later
-- they cure nothing, and the outcome says so. Net time, without documented waits for the customer, is not subtracted here.
with zones as (
  select distinct on (a.account_id) a.account_id, coalesce(k.time_zone, c.reporting_zone) as time_zone
  from dirty d join account a using (account_id) cross join company c
  left join calendar k on k.source_key = a.calendar_key and not k.deleted
  order by a.account_id, a.source_key
),
requests as (
  select r.*, d.amount as deal_amount, d.currency as deal_currency,
    (least((r.occurred_at at time zone z.time_zone)::date + 14, r.promised_on) + 1)::timestamp at time zone z.time_zone
      - interval '1 microsecond' as due_at,
    least(r.no_bid_at, r.withdrawn_at) as ended_at,
    case when r.no_bid_at <= r.withdrawn_at or r.withdrawn_at is null then 'no_bid' else 'withdrawn' end as ending
  from proposal_request r
  join zones z using (account_id)
  left join deal d on d.account_id = r.account_id and d.source_key = r.deal_key
),
answers as (
  select distinct on (account_id, request_key) account_id, request_key, source_key, occurred_at, sent_by_key, amount, currency
  from proposal
  where complete and request_key is not null and account_id in (select account_id from dirty)
  order by account_id, request_key, occurred_at, source_key
),
judged as (
  select r.*, a.source_key as proposal_key, a.sent_by_key, a.amount, a.currency,
    -- Sources that keep only days may date the proposal before the request of the same day.
    greatest(a.occurred_at, r.occurred_at) as sent_at,
    coalesce(r.ended_at < a.occurred_at, r.ended_at is not null) as ended,
    coalesce(r.ended_at < a.occurred_at, true) and r.ended_at <= r.due_at as excluded
  from requests r
  left join answers a on a.account_id = r.account_id and a.request_key = r.source_key
),
final as (
  select account_id, source_key as commitment_key, coalesce(contact_key, '') as party, contact_key, null::text as thread_key,
    null::text as project_key, null::text as channel, owner_key, occurred_at as opened_at, occurred_at as first_contact_at, due_at,
    case when proposal_key is not null then sent_at end as fulfilled_at, proposal_key as fulfilled_by_key, sent_by_key as fulfilled_by_staff,
    null::text as fulfilled_channel, 0 as reminders, deleted as source_deleted, case when ended then ending end as outcome,
    case when proposal_key is null then deal_amount else amount end as amount,
    case when proposal_key is null then deal_currency else currency end as currency,
    case when excluded then ended_at end as excused_at,
    case when excluded then case ending when 'no_bid' then 'we did not bid' else 'withdrawn by the customer' end end as excused_reason,
    case when excluded and ending = 'no_bid' then owner_key end as excused_by
  from judged
)
select * from final
