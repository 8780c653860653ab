-- Moves a partition past a batch, inside the batch's transaction; no row when another worker has taken it or the batch is in already.
-- Parameters: 1 topic, 2 partition, 3 fence, 4 offset expected (null: none yet), 5 next offset, 6 end at the broker, 7 unreadable run, 8 now.
update stream_offset
set next_offset = $5, end_offset = $6, unreadable_run = $7, moved_at = $8
where topic = $1 and partition = $2 and fence = $3 and next_offset is not distinct from $4
