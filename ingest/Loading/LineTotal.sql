-- Fills the amounts of a stage that were left to the fact's lines. Inside the batch's transaction, after the lines are merged.
-- Placeholders: {stage}, {line_key} (the line's column that names the fact), {dated} (columns that follow its date). A fact without lines
-- amounts to nothing.
-- It counts as known since the last of its lines was, so that a back-fill of a further line is newer than what is stored.
with asked as (
  select distinct account_id, source_key from {stage} where amount is null
),
total as (
  select asked.account_id, asked.source_key, coalesce(sum(l.amount) filter (where not l.deleted), 0) as amount,
    min(l.occurred_at) filter (where not l.deleted) as occurred_at, max(l.known_at) as known_at
  from asked left join invoice_line l on l.account_id = asked.account_id and l.{line_key} = asked.source_key
  group by asked.account_id, asked.source_key
)
update {stage} s
set amount = total.amount, occurred_at = coalesce(total.occurred_at, s.occurred_at), known_at = greatest(s.known_at, total.known_at){dated}
from total
where s.amount is null and s.account_id = total.account_id and s.source_key = total.source_key
