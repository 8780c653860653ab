-- Holds what sources say they have against what is stored. Grain: one row per control total.
-- The placeholder holds a select per fact that has totals: fact, source, month (first day, in the company's zone), currency, rows and
-- amount of what is not deleted, known_at of the latest batch. Parameters: 1 the company's zone, 2 only this total (null: all).
-- Amounts are in their own currency; currencies counts those among the stored amounts, and where there are several no sum means anything.
with stored as ({facts})
select t.tie_out_id, t.source, t.fact, t.period, t.currency, t.rows, t.amount, t.stated_at, t.file,
  coalesce(sum(s.rows), 0)::bigint as stored_rows, coalesce(sum(s.amount), 0) as stored_amount,
  count(distinct s.currency) filter (where s.amount is not null) as currencies, max(s.known_at) as known_at,
  (select count(*) from tie_out_record r where r.tie_out_id = t.tie_out_id) as listed
from tie_out t
left join stored s on s.fact = t.fact and s.source = t.source and s.month >= t.starts and s.month < t.ends and (t.currency = '' or s.currency = t.currency)
where $2::bigint is null or t.tie_out_id = $2
group by t.tie_out_id
order by t.source, t.fact, t.starts desc, t.ends, t.currency
