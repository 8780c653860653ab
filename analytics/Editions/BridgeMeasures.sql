-- The rows of a measure, for holding two states of knowledge against each other. Follows a query "scoped".
select s.fact, s.row_key, s.account_id, s.staff_key, s.team_key, s.region, s.segment, s.channel, s.counted_at, s.amount, s.base, s.currency, s.finished, s.excluded
from scoped s
