-- How much of the revenue comes from customers who were heard. Grain: an active account and currency. Output: the columns of observed; base is
-- its net revenue of the twelve months up to the period's end (or the time of asking), amount the same when it answered a survey of our own
-- in the period, else 0. Inputs: active_account, revenue_line, survey_response.
with recent as (
  select a.account_id, l.currency, l.excluded, sum(l.amount) as amount
  from active_account a
  join revenue_line l on l.account_id = a.account_id and l.revenue_class <> 'rework'
    and l.occurred_at >= (a.at at time zone @zone - interval '12 months') at time zone @zone and l.occurred_at < a.at
  group by 1, 2, 3
),
answered as (
  select distinct account_id
  from survey_response
  where source = 'own' and not deleted and occurred_at >= @from and occurred_at < @to and occurred_at <= @as_of
),
final as (
  select a.account_id, 'account' as fact, a.source_key as row_key, a.name as label, null::text as staff_key, null::text as team_key, null::text as channel,
    a.counted_at, case when w.account_id is null then 0 else r.amount end as amount, r.amount as base, r.currency, null::boolean as finished,
    case when r.account_id is null then 'without revenue in the twelve months' else r.excluded end as excluded
  from active_account a
  left join recent r on r.account_id = a.account_id
  left join answered w on w.account_id = a.account_id
)
select * from final
