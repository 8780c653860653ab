-- What an edition keeps of each row of a measure. Parameters: @edition, @rows_of, @part.
select @edition, @rows_of, @part, row_number() over (order by s.account collate "C", s.fact collate "C", s.row_key collate "C", s.counted_at, s.amount, s.base, s.label collate "C", s.excluded collate "C"),
  s.account_id, s.fact, s.row_key, s.label, s.staff_key, s.team_key, s.channel, s.counted_at, s.amount, s.base, s.currency, s.finished, s.excluded
from scoped s
