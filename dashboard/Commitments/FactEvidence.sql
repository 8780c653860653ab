-- The facts that opened and fulfilled a commitment. Grain: one row per fact.
-- The placeholder is the union of all facts of a customer with those keys: name of the table, what every fact has, the row as JSON.
-- $1: account_id, $2: keys that may name the opening fact, $3: key of the fulfilling one or null, $4: all of these keys.
-- Columns: the fact, where it came from (file, line, when), and whether it opens and closes. Of the opening keys the longest that exists counts.
with facts as ({facts}),
opening as (
  select max(length(source_key)) as length from facts where source_key = any($2)
)
select
  facts.fact, facts.source_key, facts.occurred_at, facts.known_at, facts.deleted, facts.record::text, batch.name, facts.position, batch.committed_at,
  kind.opens, kind.closes
from facts
cross join opening
cross join lateral (
  select
    facts.source_key = any($2) and length(facts.source_key) = opening.length as opens,
    coalesce(facts.source_key = $3, false) as closes
) kind
left join batch on batch.batch_id = facts.batch_id
where kind.opens or kind.closes
order by kind.opens desc, facts.occurred_at, facts.fact, facts.source_key
