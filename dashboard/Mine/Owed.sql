-- What is still owed, by urgency: overdue (the latest first: the likeliest to be mended), today, the next seven days (the nearest
-- first), lapsed (overdue since before @long_ago), later.
-- Grain: one row per commitment, at most @most of each urgency. @account, @staff, @kind, @commitment: null for all; @now, @long_ago, @today_ends, @week_ends.
-- Columns: urgency, total (of that urgency), the commitment, whom to reach and how, and by whom it is owed. Whoever can be reached is the
-- contact it is owed to; where it is owed to a tier or to the account, the highest contact of it. Owing.sql is put in.
with owed as (
  select c.*,
    case when c.due_at < @long_ago then 'lapsed' when c.due_at < @now then 'overdue' when c.due_at < @today_ends then 'today' when c.due_at < @week_ends then 'week' else 'later' end as urgency
  from commitment c
  where {owing}
    and (@account::bigint is null or c.account_id = @account)
    and (@staff::text is null or c.owed_by = @staff)
    and (@kind::text is null or c.kind = @kind)
    and (@commitment::text is null or c.commitment_key = @commitment)
    -- Already dealt with by somebody; the ledger has yet to catch up.
    and not exists (
      select from recorded_outcome r join dirty_account d using (account_id)
      where r.account_id = c.account_id and r.kind = c.kind and r.commitment_key = c.commitment_key and r.undone_at is null)
),
placed as (
  select o.*, count(*) over (partition by urgency) as total,
    row_number() over (partition by urgency
      order by case when urgency in ('overdue', 'lapsed') then due_at end desc, due_at, account_id, kind, commitment_key) as place
  from owed o
),
shown as (
  select * from placed where place <= @most
)
select s.urgency, s.total, s.kind, s.commitment_key, a.source_key as account, a.name as account_name, n.source_key as contact, n.name as contact_name,
  n.title, n.preferred_channel, n.email, coalesce(nullif(b.phone_number, ''), n.phone, a.phone) as phone, coalesce(n.do_not_contact, false) as do_not_contact,
  s.opened_at, s.due_at, s.channel, s.reminders, s.owed_by, p.name as staff_name, b.subject, s.thread_key, s.project_key, b.phone_number
from shown s
join lateral (select source_key, name, phone from account where account_id = s.account_id order by source_key limit 1) a on true
left join lateral (
  select i.phone_number, i.subject from interaction i
  where s.kind in ('respond', 'call_back', 'follow_up') and i.account_id = s.account_id and i.source_key = s.commitment_key
  union all
  select null, m.name from milestone m where s.kind = 'deliver_current' and m.account_id = s.account_id and m.source_key = s.commitment_key
  union all
  select null, m.name from milestone m
  where s.kind in ('delay_notice', 'phone_first') and m.account_id = s.account_id and starts_with(s.commitment_key, m.source_key || '/')
  union all
  select null, r.content from promise r where s.kind = 'promise' and r.account_id = s.account_id and r.source_key = s.commitment_key
  union all
  select null, e.title from issue e
  where s.kind in ('acknowledge_issue', 'resolve_issue') and e.account_id = s.account_id and e.source_key = s.commitment_key
  union all
  select null, j.name from project j
  where s.kind in ('invoice', 'status_report', 'next_offer', 'survey', 'project_audit') and j.account_id = s.account_id and j.source_key = s.project_key
  union all
  select null, d.name from proposal_request r join deal d on d.account_id = r.account_id and d.source_key = r.deal_key
  where s.kind = 'proposal' and r.account_id = s.account_id and r.source_key = s.commitment_key
  union all
  select null, v.comment from survey_response v where s.kind = 'close_the_loop' and v.account_id = s.account_id and v.source_key = s.commitment_key
  limit 1
) b on true
left join lateral (
  select t.* from contact t
  where t.account_id = s.account_id and not t.deleted and (
    t.source_key = s.contact_key
    or (s.contact_key is null and (t.left_at is null or t.left_at > @now) and not t.do_not_contact
      and s.kind not in ('respond', 'call_back', 'acknowledge_issue', 'resolve_issue')
      and (s.kind <> 'cadence' or t.tier = (
        select l.tier from communication_plan l where l.account_id = s.account_id and starts_with(s.commitment_key, l.source_key || '/') limit 1))))
  order by array_position(array['executive', 'management', 'operations', 'technical'], t.tier) nulls last, t.name, t.source_key
  limit 1
) n on true
left join staff p on p.source_key = s.owed_by
order by array_position(array['overdue', 'today', 'week', 'lapsed', 'later'], s.urgency), s.place
