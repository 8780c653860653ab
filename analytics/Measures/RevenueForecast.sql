-- What a period was to bring as forecast at its first instant, against what was won in it. Grain: a deal that was forecast to close in
-- the period, won in it, or both. Output: the columns of observed. Inputs: deal, deal_forecast, company.
-- @variant: bias (amount = F - A, base = A), wape (|F - A|, |A|), mape (|F - A| / A, 1).
-- F is the newest forecast of a deal still open then, times its probability where one is given; A what it was won for. What slipped or
-- was lost has A = 0, what nobody forecast F = 0: both count. Both in one currency by the rate of the first day.
with days as (
  select (@from at time zone @zone)::date as first_day, (@to at time zone @zone)::date as end_day
),
newest as (
  select distinct on (account_id, deal_key) account_id, deal_key, amount * coalesce(probability, 1) as amount, currency, close_on
  from deal_forecast
  where occurred_at <= @from and occurred_at <= @as_of and not deleted
  order by account_id, deal_key, occurred_at desc, source_key desc
),
items as (
  select d.*, n.amount as forecast, n.currency as forecast_in, y.first_day, coalesce(p.currency, d.currency, n.currency) as stated_in,
    coalesce(d.won_at >= @from and d.won_at < @to and d.won_at <= @as_of, false) as won
  from deal d
  cross join days y
  cross join company p
  left join newest n on n.account_id = d.account_id and n.deal_key = d.source_key and n.close_on >= y.first_day and n.close_on < y.end_day
    and (d.won_at is null or d.won_at >= @from) and (d.lost_at is null or d.lost_at >= @from)
),
stated as (
  select *,
    case when forecast is null then 0 when forecast_in = stated_in then forecast else forecast * exchange_rate(forecast_in, stated_in, first_day) end as f,
    case when not won then 0 when coalesce(currency, stated_in) is not distinct from stated_in then amount
      else amount * exchange_rate(currency, stated_in, first_day) end as a
  from items
  where won or forecast is not null
),
final as (
  select account_id, 'deal' as fact, source_key as row_key, name as label, owner_key as staff_key, null::text as team_key,
    null::text as channel, case when won then won_at else @from end as counted_at,
    case @variant when 'bias' then f - a when 'wape' then abs(f - a) else case when a > 0 then abs(f - a) / a end end as amount,
    case @variant when 'bias' then a when 'wape' then abs(a) else 1 end as base,
    case when @variant <> 'mape' then stated_in end as currency, null::boolean as finished,
    case
      when deleted then 'deleted in the source'
      when @as_of < @to then 'with the period not over yet'
      when won and amount is null then 'won without an amount'
      when f is null or a is null then 'without an exchange rate to ' || stated_in
      when @variant = 'mape' and a <= 0 then 'with nothing won'
    end as excluded
  from stated
)
select * from final
