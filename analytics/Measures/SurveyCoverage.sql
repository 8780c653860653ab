-- How many customers were heard. Grain: an active account. Output: the columns of observed; amount 1 when it answered a survey of our own in
-- the period. Inputs: active_account, survey_response.
with final as (
  select a.account_id, 'account' as fact, a.source_key as row_key, a.name as label, null::text as staff_key, null::text as team_key, null::text as channel,
    a.counted_at,
    exists (
      select from survey_response r
      where r.account_id = a.account_id and r.source = 'own' and not r.deleted
        and r.occurred_at >= @from and r.occurred_at < @to and r.occurred_at <= @as_of)::integer::numeric as amount,
    1::numeric as base, null::text as currency, null::boolean as finished, null::text as excluded
  from active_account a
)
select * from final
