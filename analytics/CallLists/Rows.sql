-- The customers that a list asks to call, in the order of calling, with whom to reach and what came of it so far.
-- Grain: one row per customer of @list; @account: source key of the only one, null for all; @now; @whole: whether the viewer sees all of it, or
-- the customers of his limits @teams and @staff.
-- What the list says stays as it was when it was made; names, numbers and the wish not to be contacted are those of now.
select l.place, a.source_key, a.name, l.probability, l.at_stake, l.currency, l.reasons::text, l.owner_key, p.name as owner_name,
  n.source_key as contact_key, n.name as contact_name, n.title, coalesce(n.phone, a.phone) as phone, n.email, n.preferred_channel,
  coalesce(n.do_not_contact, false) as do_not_contact, l.last_touch_at, i.title as issue, i.occurred_at as issue_at, r.content as promise, r.due_at as promise_due_at,
  coalesce(a.time_zone, k.time_zone) as time_zone, w.opens_at, w.closes_at, o.what, o.reason, o.at as outcome_at, o.staff_key, s.name as outcome_by
from call_list_account l
join call_list b using (call_list_id)
join lateral (select * from account where account_id = l.account_id order by source_key limit 1) a on true
left join staff p on p.source_key = l.owner_key
left join contact n on n.account_id = l.account_id and n.source_key = l.contact_key and not n.deleted
left join issue i on i.account_id = l.account_id and i.source_key = l.issue_key
left join promise r on r.account_id = l.account_id and r.source_key = l.promise_key
left join lateral (
  select c.calendar_key, c.time_zone from promised_calendars(l.account_id) c where c.from_at <= @now and @now < c.to_at limit 1) k on true
left join lateral (
  select v.opens_at, v.closes_at from open_interval v where v.calendar_key = k.calendar_key and v.closes_at > @now order by v.opens_at limit 1) w on true
left join lateral (
  select * from (
    select case
        when t.kind = 'meeting' or (t.kind = 'call' and t.connected) then 'called'
        when t.kind = 'voicemail' then 'left_message'
        when t.kind = 'message' then 'mailed'
        else 'no_answer'
      end as what, null::text as reason, t.occurred_at as at, t.staff_key
    from interaction t
    where t.account_id = l.account_id and t.occurred_at >= b.made_at and (b.closed_at is null or t.occurred_at < b.closed_at) and not t.deleted
      and t.direction = 'outbound' and t.kind in ('call', 'voicemail', 'message', 'meeting') and not t.automatic and not t.bulk
    union all
    select 'excused', d.reason, d.occurred_at, d.staff_key
    from disposition d
    where d.account_id = l.account_id and d.commitment_kind = 'call_list' and d.subject_key = l.call_list_id::text and not d.deleted) e
  order by array_position(array['called', 'excused', 'left_message', 'mailed', 'no_answer'], what), at desc
  limit 1) o on true
left join staff s on s.source_key = o.staff_key
where l.call_list_id = @list and l.fate = 'call' and (@account::text is null or a.source_key = @account) and (@whole or {in_sight})
order by l.place
