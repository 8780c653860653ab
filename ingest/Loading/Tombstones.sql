-- Buries what deletions name by their key alone: the newest known version goes into the stage once more, marked as deleted.
-- Inside the batch's transaction, before the merge. Placeholders: {fact}, {stage}, {key}, {values}, {account}, {no_account}, {waits}.
-- Parameters: 1 fact, 2 batch, 3 now. Output: one row with buried, unknown (this batch's, now in quarantine) and earlier.
with waiting as (
  select q.source_key, (q.mapped::jsonb ->> 'source_modified_at')::timestamptz as source_modified_at, b.known_at, q.batch_id, q.position
  from quarantine q join batch b using (batch_id)
  where q.resolved_at is null and q.fact = $1 and q.reason = 'nothing_to_delete'
    and q.source_key in (select source_key from {stage})
),
own as (
  select source_key, source_modified_at, known_at, $2::bigint as batch_id, position, rule, mapped, record from stage_tombstone where fact = $1
),
wanted as (
  select source_key, source_modified_at, known_at, batch_id, position from waiting
  union all
  select source_key, source_modified_at, known_at, batch_id, position from own
),
version as (
  select {key}, {values}, source_modified_at, known_at, batch_id, position from {fact} where source_key in (select source_key from wanted)
  union all
  select {key}, {values}, source_modified_at, known_at, batch_id, position from {stage} where source_key in (select source_key from wanted)
),
known as (
  select distinct on ({key}) {key}, {values}
  from version order by {key}, coalesce(source_modified_at, known_at) desc, batch_id desc, position desc
),
buried as (
  insert into {stage} ({key}, {values}, deleted, source_modified_at, known_at, batch_id, position{account})
  select {key}, {values}, true, w.source_modified_at, w.known_at, w.batch_id, w.position{no_account}
  from known join wanted w using (source_key)
  returning source_key, batch_id
),
unknown as (
  insert into quarantine (account_id, batch_id, position, fact, source_key, rule, field, reason, message, record, mapped, rejected_at)
  select 0, o.batch_id, o.position, $1, o.source_key, o.rule, 'source_key', 'nothing_to_delete',
    '{waits}', o.record, o.mapped, $3
  from own o where not exists (select from known k where k.source_key = o.source_key)
  returning 1
)
select (select count(*) from buried), (select count(*) from unknown),
  (select count(*) from buried) - (select count(*) from own o where exists (select from known k where k.source_key = o.source_key))
