-- One rejected record with the batch it came in. Grain: at most one row. $1: quarantine_id. record and edit are JSON objects of its fields.
select
  q.quarantine_id, q.batch_id, coalesce(b.name, 'batch ' || q.batch_id) as file, q.position, q.fact, q.source_key, q.field, q.reason, q.message,
  q.record, q.waiting_for_account, q.rejected_at, q.tried_at, q.resolved_at, q.replayed_in, q.edit, q.edited_by, q.edited_at, coalesce(b.mapping, '') as mapping
from quarantine q
left join batch b using (batch_id)
where q.quarantine_id = $1
