-- What was won. Grain: a deal won in the period, by its owner. Output: the columns of observed. Inputs: deal, company.
-- In the reporting currency by the rate of the day on which it was won; an amount without a currency is in the reporting currency.
with final as (
  select d.account_id, 'deal' as fact, d.source_key as row_key, d.name as label, d.owner_key as staff_key, null::text as team_key,
    null::text as channel, d.won_at as counted_at, d.amount * coalesce(r.rate, 1) as amount, null::numeric as base,
    case when r.rate is null then d.currency else coalesce(p.currency, d.currency) end as currency, null::boolean as finished,
    case
      when d.amount is null then 'without an amount'
      when r.rate is null then 'without an exchange rate from ' || d.currency || ' to ' || p.currency
    end as excluded
  from deal d
  cross join company p
  cross join lateral (
    select case when p.currency is null or d.currency is null or p.currency = d.currency then 1
        else exchange_rate(d.currency, p.currency, (d.won_at at time zone @zone)::date) end as rate
  ) r
  where d.won_at >= @from and d.won_at < @to and d.won_at <= @as_of and not d.deleted
)
select * from final
