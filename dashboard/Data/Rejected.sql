-- Records that could not become facts, latest first. Grain: one row per rejected record.
-- $1: also the settled, $2: only this reason (null: any), $3: only this batch (null: any), $4: most rows, $5: offset.
select
  q.quarantine_id, coalesce(b.name, 'batch ' || q.batch_id) as file, q.position, q.fact, q.field, q.reason, q.message,
  q.waiting_for_account, q.rejected_at, q.resolved_at, count(*) over () as total
from quarantine q
left join batch b using (batch_id)
where ($1 or q.resolved_at is null) and ($2::text is null or q.reason = $2) and ($3::bigint is null or q.batch_id = $3)
order by q.quarantine_id desc
limit $4 offset $5
