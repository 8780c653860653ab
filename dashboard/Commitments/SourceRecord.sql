-- Where a fact came from; the placeholder is its table. Grain: at most one row. $1: account_id, $2: source_key of the fact.
-- Columns: hash of the file, line at which the record begins, name of the file, how it was read, the batch.
select batch.sha256, fact.position, batch.name, batch.read_as, batch.batch_id
from {fact} fact
join batch on batch.batch_id = fact.batch_id
where fact.account_id = $1 and fact.source_key = $2
