-- Merges a staging table into its fact where the fact has none of its keys. Run inside the batch's transaction, under the lock of merges.
-- Nothing is replaced, so there is nothing to compare and no history to keep; the rows arrive in the order of the key.
-- Placeholders: {fact}, {stage}, {key}, {columns}, {returned}, mark (see Mark.sql). Output: one row with added (facts) and read (staged rows).
with written as (
  -- Several versions of a fact in one batch: the newest counts, the later line among equals.
  insert into {fact} as f ({columns})
  select distinct on ({key}) {columns}
  from {stage}
  order by {key}, coalesce(source_modified_at, known_at) desc, batch_id desc, position desc
  returning {returned}
),
{mark}
select count(*) as added, (select count(*) from {stage}) as read from written
