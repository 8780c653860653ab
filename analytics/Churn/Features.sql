-- What is known of each customer at a cut that may say whether it will leave. Grain: an account. Inputs: account, sales_order, interaction,
-- contact, commitment (the ledger as known at the cut), issue, survey_response, invoice, payment, credit_note, proposal_request; @as_of, the
-- cut. The names stand without their schema on purpose: at an earlier cut they mean what was known then. Output: account_id, segment, region,
-- then the columns that FeatureCatalogue names; counts are 0 where there was nothing, all else is null where it is unknown.
-- One pass over each table, one aggregate an account; joined at the end, in the order of the accounts so that equal facts give equal models.
with orders as (
  select account_id,
    count(*) filter (where at > @as_of - interval '365 days') as orders_365d,
    extract(epoch from @as_of - max(at)) / 86400 as days_since_order,
    extract(epoch from @as_of - min(at)) / 86400 as order_tenure_days,
    extract(epoch from max(at) - min(at)) / 86400 / nullif(count(*) - 1, 0) as order_gap_days,
    coalesce(sum(amount) filter (where at > @as_of - interval '365 days'), 0) / nullif(sum(amount) filter (where at > @as_of - interval '730 days'), 0) as order_trend,
    max(at) as last_order_at
  from (
    select account_id, occurred_at as at, amount
    from sales_order
    where not deleted and occurred_at <= @as_of and revenue_class is distinct from 'rework' and (cancelled_at is null or cancelled_at > @as_of)
  ) o
  group by account_id
),
talks as (
  select i.account_id,
    extract(epoch from @as_of - max(i.occurred_at) filter (where i.direction = 'inbound')) / 86400 as days_since_inbound,
    extract(epoch from @as_of - max(i.occurred_at) filter (where i.direction = 'outbound')) / 86400 as days_since_outbound,
    count(*) filter (where i.direction = 'inbound' and i.occurred_at > @as_of - interval '90 days') as inbound_90d,
    count(*) filter (where i.direction = 'outbound' and i.occurred_at > @as_of - interval '90 days') as outbound_90d,
    count(*) filter (where i.direction = 'inbound' and i.occurred_at > @as_of - interval '90 days')::real
      / nullif(count(*) filter (where i.direction = 'inbound' and i.occurred_at > @as_of - interval '180 days'), 0) as inbound_trend,
    count(*) filter (where i.direction = 'outbound' and i.channel = c.preferred_channel)::real
      / nullif(count(*) filter (where i.direction = 'outbound' and c.preferred_channel is not null), 0) as preferred_channel_share
  from interaction i
  left join contact c on c.account_id = i.account_id and c.source_key = i.contact_key
  where i.occurred_at > @as_of - interval '365 days' and i.occurred_at <= @as_of and not i.deleted and not i.automatic and not i.bulk and not i.to_bot
    and i.kind in ('message', 'call', 'voicemail', 'meeting')
  group by i.account_id
),
kept as (
  select account_id,
    -- What nobody answered yet counts as long as it has waited, at most ten days.
    avg(least(extract(epoch from coalesce(ended_at, @as_of) - opened_at) / 3600, 240)) filter (where kind = 'respond' and opened_at > @as_of - interval '180 days') as answer_hours,
    avg((ended_at is null or ended_at > due_at)::int) filter (where kind = 'respond' and opened_at > @as_of - interval '180 days' and (ended_at is not null or due_at < @as_of)) as late_answer_share,
    avg((ended_at is null or ended_at > due_at)::int) filter (where kind = 'respond' and opened_at > @as_of - interval '60 days' and (ended_at is not null or due_at < @as_of)) as late_answer_share_60d,
    count(*) filter (where kind = 'respond' and ended_at is null and due_at < @as_of and opened_at > @as_of - interval '180 days') as unanswered_180d,
    count(*) filter (where kind = 'call_back' and missed) as calls_not_returned_365d,
    count(*) filter (where kind = 'promise' and missed) as promises_broken_365d,
    count(*) filter (where kind = 'deliver' and missed) as deliveries_late_365d,
    count(*) filter (where kind = 'resolve_issue' and ended_at is null) as issues_open,
    count(*) filter (where kind = 'resolve_issue' and missed) as issues_late_365d
  from (
    select account_id, kind, opened_at, due_at, e.ended_at,
      due_at > @as_of - interval '365 days' and due_at <= @as_of and (e.ended_at is null or e.ended_at > due_at) as missed
    from commitment
    cross join lateral (select case when fulfilled_at <= @as_of then fulfilled_at end as ended_at) e
    where kind in ('respond', 'call_back', 'promise', 'deliver', 'resolve_issue') and opened_at <= @as_of and not source_deleted
      and (excused_at is null or excused_at > @as_of) and (due_at > @as_of - interval '365 days' or e.ended_at is null)
  ) c
  group by account_id
),
issues as (
  select account_id, count(*) as issues_180d, count(*) filter (where priority in ('high', 'urgent')) as serious_issues_180d
  from issue
  where not deleted and occurred_at > @as_of - interval '180 days' and occurred_at <= @as_of
  group by account_id
),
surveys as (
  select account_id, (array_agg((score - scale_min) / nullif(scale_max - scale_min, 0) order by occurred_at desc, source_key))[1] as last_score,
    min((score - scale_min) / nullif(scale_max - scale_min, 0)) filter (where occurred_at > @as_of - interval '365 days') as lowest_score_365d
  from survey_response
  where not deleted and occurred_at <= @as_of and occurred_at > @as_of - interval '730 days' and source in ('own', 'third_party')
  group by account_id
),
people as (
  select account_id, count(*) as contacts_lost_365d
  from contact
  where not deleted and left_at > @as_of - interval '365 days' and left_at <= @as_of
  group by account_id
),
paid as (
  select account_id, invoice_key, max(occurred_at) as paid_at
  from payment
  where not deleted and occurred_at <= @as_of
  group by account_id, invoice_key
),
bills as (
  select i.account_id,
    avg((p.paid_at is null or p.paid_at >= i.due_on + interval '1 day')::int) as paid_late_share,
    count(*) filter (where p.paid_at is null) as invoices_overdue
  from invoice i
  left join paid p on p.account_id = i.account_id and p.invoice_key = i.source_key
  where not i.deleted and i.sent_at <= @as_of and (i.voided_at is null or i.voided_at > @as_of)
    and i.due_on > (@as_of - interval '365 days')::date and i.due_on < @as_of::date
  group by i.account_id
),
credits as (
  select account_id, count(*) as credit_notes_365d
  from credit_note
  where not deleted and occurred_at > @as_of - interval '365 days' and occurred_at <= @as_of
  group by account_id
),
requests as (
  select account_id, count(*) as requests_180d, extract(epoch from @as_of - max(occurred_at)) / 86400 as days_since_request
  from proposal_request
  where not deleted and occurred_at <= @as_of and occurred_at > @as_of - interval '730 days'
  group by account_id
),
customers as (
  select distinct on (a.account_id) a.account_id, a.segment, a.region, a.occurred_at
  from account a
  where not a.deleted and not a.anonymous and a.occurred_at <= @as_of and (a.closed_at is null or a.closed_at > @as_of)
  order by a.account_id, a.source_key
),
final as (
  select c.account_id, c.segment, c.region,
    o.days_since_order::real, (o.days_since_order / nullif(o.order_gap_days, 0))::real as order_gap_ratio, o.order_gap_days::real,
    coalesce(o.orders_365d, 0)::real as orders_365d, o.order_trend::real,
    greatest(extract(epoch from @as_of - c.occurred_at) / 86400, o.order_tenure_days)::real as tenure_days,
    coalesce(r.requests_180d, 0)::real as requests_180d, r.days_since_request::real,
    t.days_since_inbound::real, t.days_since_outbound::real, coalesce(t.inbound_90d, 0)::real as inbound_90d, coalesce(t.outbound_90d, 0)::real as outbound_90d,
    t.inbound_trend::real, t.preferred_channel_share::real,
    k.answer_hours::real, k.late_answer_share::real, k.late_answer_share_60d::real, coalesce(k.unanswered_180d, 0)::real as unanswered_180d,
    coalesce(k.calls_not_returned_365d, 0)::real as calls_not_returned_365d, coalesce(k.promises_broken_365d, 0)::real as promises_broken_365d,
    coalesce(k.deliveries_late_365d, 0)::real as deliveries_late_365d,
    coalesce(i.issues_180d, 0)::real as issues_180d, coalesce(i.serious_issues_180d, 0)::real as serious_issues_180d,
    coalesce(k.issues_open, 0)::real as issues_open, coalesce(k.issues_late_365d, 0)::real as issues_late_365d,
    s.last_score::real, s.lowest_score_365d::real, coalesce(p.contacts_lost_365d, 0)::real as contacts_lost_365d,
    b.paid_late_share::real, coalesce(b.invoices_overdue, 0)::real as invoices_overdue, coalesce(n.credit_notes_365d, 0)::real as credit_notes_365d,
    o.last_order_at
  from customers c
  left join orders o using (account_id)
  left join talks t using (account_id)
  left join kept k using (account_id)
  left join issues i using (account_id)
  left join surveys s using (account_id)
  left join people p using (account_id)
  left join bills b using (account_id)
  left join credits n using (account_id)
  left join requests r using (account_id)
)
select * from final
order by account_id
