-- Event streams. Grain: one row per partition. Columns: topic, partition, messages behind the broker when the last batch went in (null when it is
-- not known), when that was (null before the first), who reads it.
select topic, partition, greatest(end_offset - coalesce(next_offset, 0), 0), moved_at, owner
from stream_offset
order by topic, partition
