-- The rows that make up a measure. Follows MeasureListed.sql. The placeholder orders them; @skip, @take page them.
-- In the order by key @after_at, @after_fact, @after_key and @after_account (null for the first page) name the row that the page follows;
-- @skip then passes over those of the same place that were there before.
select s.account, s.account_name, s.fact, s.row_key, s.label, s.staff_key, p.name as staff_name, s.team_key, t.name as team_name,
  s.counted_at, s.amount, s.base, s.currency, s.finished, s.excluded
from listed s
left join staff p on p.source_key = s.staff_key
left join team t on t.source_key = s.team_key
where @after_at::timestamptz is null
  or (s.counted_at, s.fact, s.row_key, s.account) >= (@after_at, @after_fact::text, @after_key::text, @after_account::text)
order by {order}
offset @skip limit @take
