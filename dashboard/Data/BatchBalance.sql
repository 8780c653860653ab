-- Whether batches add up, by the way in and the mapping. Grain: one row per source and mapping. Counts are rows that records became.
-- unbalanced: batches whose read is not added + changed + unchanged + rejected, or of which not every rejected row is kept.
select
  b.source, b.mapping, count(*) as batches, sum(b.read)::bigint as read, sum(b.added)::bigint as added, sum(b.changed)::bigint as changed,
  sum(b.unchanged)::bigint as unchanged, sum(b.rejected)::bigint as rejected, sum(coalesce(q.kept, 0))::bigint as kept, sum(coalesce(q.open, 0))::bigint as open,
  coalesce(array_agg(b.batch_id order by b.batch_id)
    filter (where b.read <> b.added + b.changed + b.unchanged + b.rejected or b.rejected <> coalesce(q.kept, 0)), '{}') as unbalanced
from batch b
left join (select batch_id, count(*) as kept, count(*) filter (where resolved_at is null) as open from quarantine group by batch_id) q using (batch_id)
group by b.source, b.mapping
order by b.mapping, b.source
