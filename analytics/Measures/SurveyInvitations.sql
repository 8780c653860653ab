-- What became of invitations. Grain: an invitation of the period. Output: the columns of observed. Inputs: survey_invitation, survey_response.
-- @variant: answered, delivered. Whoever could not be asked (wrong address, left the company) is excluded; everybody else stays in the base,
-- partial and unknown outcomes included.
with final as (
  select i.account_id, 'survey_invitation' as fact, i.source_key as row_key, i.instrument as label, null::text as staff_key, null::text as team_key,
    null::text as channel, i.occurred_at as counted_at,
    case @variant
      when 'delivered' then coalesce(i.delivered_at <= @as_of, false)
      else exists (
        select from survey_response r
        where r.account_id = i.account_id and r.invitation_key = i.source_key and r.source = 'own' and not r.deleted and r.occurred_at <= @as_of)
    end::integer::numeric as amount,
    1::numeric as base, null::text as currency, null::boolean as finished, case when i.ineligible then 'could not be asked' end as excluded
  from survey_invitation i
  where not i.deleted and i.occurred_at >= @from and i.occurred_at < @to and i.occurred_at <= @as_of
)
select * from final
