-- Where a reference fact came from; the placeholder is its table. Grain: at most one row. $1: source_key.
-- Columns: hash of the file, line at which the record begins, name of the file, how it was read.
select batch.sha256, fact.position, batch.name, batch.read_as, batch.batch_id
from {fact} fact
join batch on batch.batch_id = fact.batch_id
where fact.source_key = $1
