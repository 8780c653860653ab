-- What came in, latest first. Grain: one row per batch. @after: the batch that the page follows, null for the first; @most: most rows. Counts are records.
select batch_id, name, source, mapping, sha256, read, added, changed, unchanged, rejected, committed_at, (select count(*) from batch) as total
from batch
where @after::bigint is null or batch_id < @after
order by batch_id desc
limit @most
