-- Keeps the older of several versions of a fact in one back-fill. The merge takes the newest; inside the batch's transaction.
-- Placeholders: {fact}, {stage}, {key}, {columns}, {and_not_stored}, {same_history}. A version is believed from known_at until the next one is known.
with versions as (
  select {columns}, lead(known_at) over (
    partition by {key} order by coalesce(source_modified_at, known_at), batch_id, position) as known_to
  from {stage}
  -- Few facts come in versions known at different times, and only of these there is anything to keep.
  where ({key}) in (select {key} from {stage} group by {key} having min(known_at) < max(known_at))
)
insert into {fact}_history ({columns}, known_to)
select {columns}, v.known_to
from versions v
where v.known_at < v.known_to
  -- What is stored already says what was believed since then, and the history what was before.
  {and_not_stored}
  and not exists (select from {fact}_history h where {same_history} and h.known_at < v.known_to and h.known_to > v.known_at)
