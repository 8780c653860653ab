-- Brings back what an account had of its own where a version of the other account had taken its place while they were one.
-- Input: home (stated_id: whom a fact names, account_id: where such facts are now). Placeholders: {fact}, {values} (without account_id and
-- stated_as). Parameters: 1 now, 2 when they were merged.
with versions as (
  select v.*, h.account_id as home_id, h.stated_id
  from home h
  join {fact}_history v on v.account_id in (select account_id from home) and coalesce(v.stated_as, v.account_id) = h.stated_id
  where v.known_to >= $2
)
insert into {fact} (account_id, stated_as, {values}, known_at)
select distinct on (home_id, source_key) home_id, nullif(stated_id, home_id), {values}, $1
from versions v
where not exists (select from {fact} f where f.account_id = v.home_id and f.source_key = v.source_key)
order by home_id, source_key, known_to desc, known_at desc, batch_id desc, position desc
