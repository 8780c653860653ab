-- Moves facts to another account: deleted there, inserted here, since the account of a row never changes. What was known stays in the history.
-- Input: moving (account_id: where they are, stated_id: whom they name, to_id: where they go). Nothing that moves goes where something moves away.
-- Placeholders: {fact}, {columns}, {values} (without account_id and stated_as). Parameter: 1 now. Output: how many moved.
-- Where both accounts have a fact of one key the newer version counts, as if both had been loaded for one account; the other is history.
with taken as (
  delete from {fact} f using moving m
  where f.account_id = m.account_id and coalesce(f.stated_as, f.account_id) = m.stated_id
  returning f.*, m.to_id, m.stated_id
),
kept as (
  insert into {fact}_history ({columns}, known_to)
  select {columns}, greatest($1, known_at) from taken
),
arriving as (
  select distinct on (to_id, source_key) *
  from taken order by to_id, source_key, coalesce(source_modified_at, known_at) desc, batch_id desc, position desc
),
met as (
  select f.*, (coalesce(n.source_modified_at, n.known_at), n.batch_id, n.position) > (coalesce(f.source_modified_at, f.known_at), f.batch_id, f.position) as older
  from arriving n join {fact} f on f.account_id = n.to_id and f.source_key = n.source_key
),
replaced as (
  insert into {fact}_history ({columns}, known_to)
  select {columns}, greatest($1, known_at) from met where older
),
written as (
  insert into {fact} as f (account_id, stated_as, {values}, known_at)
  select n.to_id, nullif(n.stated_id, n.to_id), {values}, $1
  from arriving n
  where not exists (select from met where met.account_id = n.to_id and met.source_key = n.source_key and not met.older)
  order by n.to_id, n.source_key
  on conflict (account_id, source_key) do update set stated_as = excluded.stated_as, known_at = excluded.known_at, {assign}
)
select count(*) from taken
