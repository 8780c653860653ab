-- Keys that facts wait for, the most wanted first. Grain: one row per key. $1: most rows; then, as arrays of one length, what customers could
-- be known by it: $2 key, $3 kind, $4 value, $5 how good (1 best). Without $2 no candidate is looked for.
-- Columns: key, facts that wait, since when, which facts, all keys there are, candidate's key, name, and by what kind it is known (or null).
with waiting as (
  select waiting_for_account as key, count(*) as facts, min(rejected_at) as since, array_agg(distinct fact order by fact) as kinds, count(*) over () as keys
  from quarantine where resolved_at is null and waiting_for_account is not null
  group by 1 order by 2 desc, 1 limit $1
)
select w.*, c.source_key, c.name, c.kind
from waiting w
left join lateral (
  select a.source_key, a.name, t.kind
  from unnest($2::text[], $3::text[], $4::text[], $5::integer[]) t (key, kind, value, rank)
  join account_key k on k.kind = t.kind and k.value = t.value
  join account a on a.account_id = k.account_id
  where t.key = w.key and not a.deleted and not a.anonymous
  order by t.rank, a.source_key limit 1
) c on true
order by w.facts desc, w.key
