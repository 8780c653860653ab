-- Makes a worker the owner of a partition: nobody else's batch goes in from here on. Grain: one row.
-- Parameters: 1 topic, 2 partition, 3 owner, 4 now, 5 whether losses are accepted.
-- Output: next offset (null: the earliest), epoch, fence, unreadable messages in a row, and of an open gap the offset that was expected.
with accepted as (
  update stream_gap set accepted_at = $4
  where topic = $1 and partition = $2 and accepted_at is null and $5
  returning 1
),
taken as (
  insert into stream_offset as s (topic, partition, fence, owner, taken_at)
  values ($1, $2, 1, $3, $4)
  on conflict (topic, partition) do update set
    fence = s.fence + 1,
    owner = excluded.owner,
    taken_at = excluded.taken_at,
    -- Past a gap it goes on with the earliest there is, in a life of its own.
    next_offset = case when exists (select from accepted) then null else s.next_offset end,
    epoch = s.epoch + case when exists (select from accepted) then 1 else 0 end,
    unreadable_run = case when $5 then 0 else s.unreadable_run end
  returning next_offset, epoch, fence, unreadable_run
)
select taken.next_offset, taken.epoch, taken.fence, taken.unreadable_run, gap.expected_offset
from taken
left join stream_gap gap on gap.topic = $1 and gap.partition = $2 and gap.accepted_at is null and not $5
