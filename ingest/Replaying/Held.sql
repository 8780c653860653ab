-- Open rows of the quarantine of one batch that are to be tried again. Grain: one row per rejected row, in the order they were rejected.
-- Parameters: 1 batch, 2 ids (empty: any), 3 reason (null: any), 4 id behind which to begin, 5 most rows. edit is a JSON object or null.
select quarantine_id, position, fact, rule, source_key, field, reason, message, record, edit
from quarantine
where resolved_at is null and batch_id = $1 and (cardinality($2::bigint[]) = 0 or quarantine_id = any($2)) and ($3::text is null or reason = $3)
  and quarantine_id > $4
order by quarantine_id
limit $5
