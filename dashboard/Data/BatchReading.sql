-- How one batch was read. Grain: at most one row. $1: batch_id. Columns: those of Batches.sql, the mapping's hash, its text as it was then
-- (null for the product's own formats), how the file was read, records of the source, the moment its facts are known since.
select b.batch_id, b.name, b.mapping, b.sha256, b.bytes, b.read, b.added, b.changed, b.unchanged, b.rejected, b.backfill, b.committed_at,
  1::bigint as total, b.source, b.mapping_hash, t.text, b.read_as, b.records, b.known_at
from batch b
left join mapping_text t using (mapping_hash)
where b.batch_id = $1
