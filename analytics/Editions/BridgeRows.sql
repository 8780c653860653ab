-- The rows of a rate, for holding two states of knowledge against each other. Follows a query "scoped".
select s.kind, s.commitment_key, s.account_id, s.owed_by, s.team_key, a.region, a.segment, s.channel, s.counted_at, s.status, s.due_at,
  case when s.answered then s.fulfilled_by_key end, case when s.answered then s.fulfilled_at end, case when s.status = 'excused' then s.excused_reason end
from scoped s
left join customer a on a.account_id = s.account_id
