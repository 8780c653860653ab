-- The rows that make up a measure. Follows MeasureListed.sql. @sort and @descending order them; @skip, @take page them.
-- Sorted by 'key', @after_at, @after_fact, @after_key and @after_account (null for the first page) name the row that the page follows.
select s.account, s.account_name, s.fact, s.row_key, s.label, s.staff_key, p.name as staff_name, s.team_key, t.name as team_name,
  s.counted_at, s.amount, s.base, s.currency, s.finished, s.excluded
from listed s
left join staff p on p.source_key = s.staff_key
left join team t on t.source_key = s.team_key
where @after_at::timestamptz is null
  or (s.counted_at, s.fact, s.row_key, s.account) > (@after_at, @after_fact::text, @after_key::text, @after_account::text)
order by
  case when @sort::text = 'key' then s.counted_at end, case when @sort::text = 'key' then s.fact end,
  case when @sort::text = 'key' then s.row_key end, case when @sort::text = 'key' then s.account end,
  case when not @descending then case @sort::text when 'account' then s.account_name when 'staff' then p.name when 'team' then t.name end end,
  case when @descending then case @sort::text when 'account' then s.account_name when 'staff' then p.name when 'team' then t.name end end desc nulls last,
  case when not @descending then case @sort::text when 'amount' then s.amount when 'base' then s.base end end,
  case when @descending then case @sort::text when 'amount' then s.amount when 'base' then s.base end end desc nulls last,
  case when not @descending and @sort::text = 'at' then s.counted_at end,
  s.counted_at desc, s.fact, s.row_key, s.account
offset @skip limit @take
