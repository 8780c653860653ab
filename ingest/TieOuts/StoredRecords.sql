-- The stored records behind a total, latest first. Grain: one row per record that is not deleted.
-- Placeholders: {stored} (where the fact is), {amount}, {currency}, {account}. Parameters and columns: as Differences.sql; nothing was said of one, and what is 'stored'.
select f.source_key, 'stored', null::numeric, {amount}, {account}, f.occurred_at, null::bigint, count(*) over ()
from {stored} f join tie_out t on t.tie_out_id = $1 and t.source = split_part(f.source_key, ':', 1)
where not f.deleted and (f.occurred_at at time zone $2)::date >= t.starts and (f.occurred_at at time zone $2)::date < t.ends
  and (t.currency = '' or {currency} = t.currency)
order by f.occurred_at desc, f.source_key
limit $3 offset $4
