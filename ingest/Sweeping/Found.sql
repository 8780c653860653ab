-- Holds what is stored of a source against its full list of ids, which is in sweep_listed (source_key). Placeholder: {fact}.
-- Parameters: 1 how the source's keys begin (crm:), 2 when the list was written, 3 how many keys to name.
-- Output: one row with listed, living, vanished, missing, deleted, younger (counts), the first vanished and the first missing keys.
with stored as (
  select f.source_key, f.deleted, b.known_at > $2 as younger
  from {fact} f left join batch b using (batch_id)
  where starts_with(f.source_key, $1)
),
compared as (
  select source_key, s.source_key is not null as here, l.source_key is not null as listed, coalesce(s.deleted, false) as deleted, coalesce(s.younger, false) as younger
  from stored s full join sweep_listed l using (source_key)
)
select
  count(distinct source_key) filter (where listed),
  count(*) filter (where here and not deleted and not younger),
  count(*) filter (where here and not listed and not deleted and not younger),
  count(*) filter (where not here),
  count(*) filter (where here and listed and deleted),
  count(*) filter (where here and not deleted and younger),
  coalesce((array_agg(source_key order by source_key) filter (where here and not listed and not deleted and not younger))[1:$3], '{}'),
  coalesce((array_agg(source_key order by source_key) filter (where not here))[1:$3], '{}')
from compared
