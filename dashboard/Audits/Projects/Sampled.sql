-- What was drawn for an audit, as it stands now. Grain: one row per item, in the order of the draw. @account: the customer's id; @case: the audit;
-- @now: where the clock stands.
-- Columns: those of a timeline's event (see Accounts/Timeline.sql), the item's number, and where it came from: file, line, when.
-- What is no longer among the facts keeps its key and its time.
select d.at, 'contact', 'interaction/' || d.item_key, 'interaction', d.item_key, i.subject, coalesce(n.name, i.contact_key), coalesce(p.name, i.staff_key),
  i.direction, i.kind, case when i.connected then 'connected' when i.connected = false then 'not connected' end, i.duration_seconds::numeric, i.channel,
  null::timestamptz, i.source_key is null or i.deleted, d.item_id, b.name, i.position, b.committed_at, d.sort, d.place
from audit_item d
left join interaction i on i.account_id = @account and i.source_key = d.item_key
left join contact n on n.account_id = i.account_id and n.source_key = i.contact_key
left join staff p on p.source_key = i.staff_key
left join batch b on b.batch_id = i.batch_id
where d.case_id = @case and d.sort = 'communication'
union all
select d.at, 'commitment', 'commitment/' || d.kind || '/' || d.item_key, d.kind, d.item_key,
  case when c.fulfilled_at is null and c.fixed_at <= @now then c.outcome end, coalesce(n.name, c.contact_key), coalesce(p.name, c.owed_by), null, d.kind,
  case when c.excused_at <= @now then 'excused' when c.fulfilled_at <= c.due_at then 'kept' when c.fulfilled_at is not null then 'missed'
    when c.due_at < @now then 'missed' when c.due_at is not null then 'pending' end,
  null, c.channel, c.due_at, c.kind is null or c.source_deleted, d.item_id, null, null, null, d.sort, d.place
from audit_item d
left join commitment c on c.account_id = @account and c.kind = d.kind and c.commitment_key = d.item_key
left join contact n on n.account_id = c.account_id and n.source_key = c.contact_key
left join staff p on p.source_key = c.owed_by
where d.case_id = @case and d.sort = 'commitment'
order by sort desc, place
