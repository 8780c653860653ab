basis as (
  -- What each customer brings in a year, and what that was a year ago with what came of it since. Grain: an account. Inputs: revenue_line; @as_of.
  -- Output: account_id, currency (null where several cannot be added up), yearly, yearly_before, since: net revenue, of one to two years a year.
  select account_id, case when count(distinct currency) = 1 then min(currency) end as currency,
    coalesce(sum(amount) filter (where occurred_at > @as_of - interval '24 months'), 0)
      / least(2, greatest(1, extract(epoch from @as_of - min(occurred_at)) / 86400 / 365.25)) as yearly,
    coalesce(sum(amount) filter (where occurred_at > @as_of - interval '36 months' and occurred_at <= @as_of - interval '12 months'), 0)
      / least(2, greatest(1, extract(epoch from @as_of - interval '12 months' - min(occurred_at)) / 86400 / 365.25)) as yearly_before,
    coalesce(sum(amount) filter (where occurred_at > @as_of - interval '12 months'), 0) as since
  from revenue_line
  where excluded is null and occurred_at <= @as_of
  group by account_id
)
select account_id, currency, yearly, yearly_before, since from basis
