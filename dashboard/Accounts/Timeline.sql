-- What happened with one account, newest first. Grain: one row per event. @id: account_id; @event: one sort of event, null for all;
-- @now: nothing later; @before, @before_key: the last event shown, null for the newest; @take: most rows; @viewer_teams, @viewer_staff.
-- Columns: at, event, key (unique among events), fact (its table, or kind of commitment), source key, subject, contact, staff, direction,
-- kind, state, amount, currency, other time, deleted. A commitment's subject is how it ended without being fulfilled. Each arm reads no more than it can show.
with commitments as (
  select c.*, case when c.excused_at <= @now then 'excused' when c.fulfilled_at <= c.due_at then 'kept' when c.fulfilled_at is not null then 'missed'
      when c.due_at < @now then 'missed' else 'pending' end as state
  from commitment c
  where c.account_id = @id and c.opened_at <= @now
    and (@viewer_teams::text[] is null or c.team_key = any (@viewer_teams))
    and (@viewer_staff::text is null or c.owed_by = @viewer_staff)
),
events as (
  (select occurred_at as at, 'contact' as event, 'interaction/' || source_key as key, 'interaction' as fact, source_key, subject, contact_key, staff_key,
    direction, kind, case when connected then 'connected' when connected = false then 'not connected' end as state,
    duration_seconds::numeric as amount, channel as currency, null::timestamptz as other_at, deleted
  from interaction
  where account_id = @id and occurred_at <= @now and (@event::text is null or @event = 'contact')
    and (@before::timestamptz is null or (occurred_at, 'interaction/' || source_key) < (@before, @before_key))
  order by occurred_at desc, source_key desc limit @take)
  union all
  (select opened_at, 'commitment', 'commitment/' || kind || '/' || commitment_key, kind, commitment_key,
    case when fulfilled_at is null and fixed_at <= @now then outcome end, contact_key, owed_by, null, kind, state,
    null, channel, due_at, source_deleted
  from commitments
  where kind not in ('promise', 'deliver', 'deliver_current') and (@event::text is null or @event = 'commitment')
    and (@before::timestamptz is null or (opened_at, 'commitment/' || kind || '/' || commitment_key) < (@before, @before_key))
  order by opened_at desc, 'commitment/' || kind || '/' || commitment_key desc limit @take)
  union all
  (select coalesce(c.fulfilled_at, c.due_at), 'delivery', 'delivery/' || c.commitment_key, c.kind, c.commitment_key, m.name, null, c.owed_by, null, c.kind,
    c.state, null, null, c.due_at, c.source_deleted
  from commitments c left join milestone m on m.account_id = c.account_id and m.source_key = c.commitment_key
  where c.kind = 'deliver_current' and coalesce(c.fulfilled_at, c.due_at) <= @now and (@event::text is null or @event = 'delivery')
    and (@before::timestamptz is null or (coalesce(c.fulfilled_at, c.due_at), 'delivery/' || c.commitment_key) < (@before, @before_key))
  order by coalesce(c.fulfilled_at, c.due_at) desc, c.commitment_key desc limit @take)
  union all
  (select occurred_at, 'promise', 'promise/' || source_key, 'promise', source_key, content, contact_key, owner_key, null, null,
    case when done_at is null and due_at < @now then 'missed' when done_at is null then 'pending' when done_at <= due_at then 'kept' else 'missed' end,
    null, null, due_at, deleted
  from promise
  where account_id = @id and occurred_at <= @now and (@event::text is null or @event = 'promise')
    and (@before::timestamptz is null or (occurred_at, 'promise/' || source_key) < (@before, @before_key))
  order by occurred_at desc, source_key desc limit @take)
  union all
  (select i.occurred_at, 'issue', 'issue/' || i.source_key, 'issue', i.source_key, i.title, i.contact_key, i.owner_key, null, i.priority,
    (select s.state from issue_state s
      where s.account_id = i.account_id and s.issue_key = i.source_key and s.occurred_at <= @now and not s.deleted
      order by s.occurred_at desc, s.source_key desc limit 1), null, i.channel, null, i.deleted
  from issue i
  where i.account_id = @id and i.occurred_at <= @now and (@event::text is null or @event = 'issue')
    and (@before::timestamptz is null or (i.occurred_at, 'issue/' || i.source_key) < (@before, @before_key))
  order by i.occurred_at desc, i.source_key desc limit @take)
  union all
  (select occurred_at, 'survey', 'survey_response/' || source_key, 'survey_response', source_key, comment, contact_key, staff_key, null, measure,
    trim_scale(score)::text || ' of ' || trim_scale(scale_max)::text, null, source, null, deleted
  from survey_response
  where account_id = @id and occurred_at <= @now and (@event::text is null or @event = 'survey')
    and (@before::timestamptz is null or (occurred_at, 'survey_response/' || source_key) < (@before, @before_key))
  order by occurred_at desc, source_key desc limit @take)
  union all
  (select occurred_at, 'survey', 'survey_invitation/' || source_key, 'survey_invitation', source_key, instrument, contact_key, null, null, occasion,
    case when ineligible then 'ineligible' end, null, null, delivered_at, deleted
  from survey_invitation
  where account_id = @id and occurred_at <= @now and (@event::text is null or @event = 'survey')
    and (@before::timestamptz is null or (occurred_at, 'survey_invitation/' || source_key) < (@before, @before_key))
  order by occurred_at desc, source_key desc limit @take)
  union all
  (select occurred_at, 'order', 'sales_order/' || source_key, 'sales_order', source_key, number, contact_key, null, null, revenue_class,
    case when cancelled_at <= @now then 'cancelled' end, amount, currency, null, deleted
  from sales_order
  where account_id = @id and occurred_at <= @now and (@event::text is null or @event = 'order')
    and (@before::timestamptz is null or (occurred_at, 'sales_order/' || source_key) < (@before, @before_key))
  order by occurred_at desc, source_key desc limit @take)
  union all
  (select coalesce(sent_at, occurred_at), 'invoice', 'invoice/' || source_key, 'invoice', source_key, number, null, null, null, null,
    case when voided_at <= @now then 'voided' when sent_at is null then 'not sent' end, amount, currency, null, deleted
  from invoice
  where account_id = @id and coalesce(sent_at, occurred_at) <= @now and (@event::text is null or @event = 'invoice')
    and (@before::timestamptz is null or (coalesce(sent_at, occurred_at), 'invoice/' || source_key) < (@before, @before_key))
  order by coalesce(sent_at, occurred_at) desc, source_key desc limit @take)
),
page as (
  select * from events order by at desc, key desc limit @take
)
select e.at, e.event, e.key, e.fact, e.source_key, e.subject, coalesce(n.name, e.contact_key), coalesce(p.name, e.staff_key), e.direction, e.kind,
  e.state, e.amount, e.currency, e.other_at, e.deleted
from page e
left join contact n on n.account_id = @id and n.source_key = e.contact_key
left join staff p on p.source_key = e.staff_key
order by e.at desc, e.key desc
