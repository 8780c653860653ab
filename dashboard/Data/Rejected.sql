-- Records that could not become facts, latest first. Grain: one row per rejected record. $1: also the settled, $2: most rows, $3: offset.
select
  q.quarantine_id, coalesce(b.name, 'batch ' || q.batch_id) as file, q.position, q.fact, q.field, q.reason, q.message,
  q.waiting_for_account, q.rejected_at, q.resolved_at, count(*) over () as total
from quarantine q
left join batch b using (batch_id)
where $1 or q.resolved_at is null
order by q.quarantine_id desc
limit $2 offset $3
