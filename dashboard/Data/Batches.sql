-- What was loaded, latest first. Grain: one row per batch. $1: most rows, $2: offset. Counts are records, bytes are of the file.
select batch_id, name, mapping, sha256, bytes, read, added, changed, unchanged, rejected, backfill, committed_at, count(*) over () as total, source
from batch
order by batch_id desc
limit $1 offset $2
