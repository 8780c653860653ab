-- One fact of a customer; the placeholder is its table. Grain: at most one row. $1: account_id, $2: source_key.
-- Columns: as FactEvidence.sql; the last two, whether it opens or closes a commitment, do not matter here.
select '{fact}', f.source_key, f.occurred_at, f.known_at, f.deleted, to_jsonb(f)::text, batch.name, f.position, batch.committed_at, false, false
from {fact} f
left join batch on batch.batch_id = f.batch_id
where f.account_id = $1 and f.source_key = $2
