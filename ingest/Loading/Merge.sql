-- Merges a staging table into its fact and keeps what it replaces. Run once per fact and batch, inside the batch's transaction.
-- Merges run one at a time (BatchLoad takes the lock), so what is stored does not change underneath.
-- Placeholders: {fact}, {stage}, {key}, {columns}, {new_values} and {old_values} (all that makes a version), {assign}, mark (see Mark.sql), ….
-- Output: one row with added, changed (facts) and read (staged rows).
with latest as (
  -- Several versions of a fact in one batch: the newest counts, the later line among equals.
  select distinct on ({key}) {columns}
  from {stage}
  order by {key}, coalesce(source_modified_at, known_at) desc, batch_id desc, position desc
),
stored as (
  select f.* from {fact} f join latest using ({key})
),
newer as (
  -- An older version that arrives late never overwrites; an equal one changes nothing.
  select l.*
  from latest l left join stored f using ({key})
  where f.source_key is null
    or (coalesce(l.source_modified_at, l.known_at) >= coalesce(f.source_modified_at, f.known_at)
        and ({new_values}) is distinct from ({old_values}))
),
replaced as (
  insert into {fact}_history ({columns}, known_to)
  select {old_columns}, n.known_at
  from stored f join newer n using ({key})
  where n.known_at > f.known_at
),
written as (
  insert into {fact} as f ({columns})
  select {columns} from newer order by {key}
  on conflict ({key}) do update set {assign}
  returning {returned_key}, f.occurred_at{returned_contact}
),
touched as (
  select {returned_account} as account_id, least(w.occurred_at, f.occurred_at) as since, f.source_key is null as added{contacts}
  from written w left join stored f using ({key})
),
{mark}
select count(*) filter (where added) as added, count(*) filter (where not added) as changed, (select count(*) from {stage}) as read
from touched
