-- Open rows of the quarantine of one batch that are to be tried again. Grain: one row per rejected row, in the order they were rejected.
-- Parameters: 1 batch, 2 ids (empty: any), 3 reason (null: any), 4 id behind which to begin, 5 most rows.
-- edit: a JSON object of all that was corrected in the record, also for another fact of it that is settled by now; null when nothing was.
select quarantine_id, position, fact, rule, source_key, field, reason, message, record, (
    select jsonb_object_agg(c.key, c.value order by e.quarantine_id)::text
    from quarantine e, jsonb_each(e.edit::jsonb) c
    where e.batch_id = q.batch_id and e.position = q.position and e.edit is not null
  ) as edit
from quarantine q
where resolved_at is null and batch_id = $1 and (cardinality($2::bigint[]) = 0 or quarantine_id = any($2)) and ($3::text is null or reason = $3)
  and quarantine_id > $4
order by quarantine_id
limit $5
