-- Whether people are reached the way they asked for. Grain: a contact of ours with a known person in the period, by a human. Output: the columns
-- of observed; amount 1 when it was on the person's channel, or the first reply on the channel the person had just used.
-- Inputs: interaction, contact, the ledger's respond. Bulk mail is no contact with a person.
with replies as (
  select distinct account_id, fulfilled_by_key
  from commitment
  where kind = 'respond' and fulfilled_channel = channel
),
final as (
  select i.account_id, 'interaction' as fact, i.source_key as row_key, i.subject as label, i.staff_key, null::text as team_key, i.channel,
    i.occurred_at as counted_at, (i.channel = c.preferred_channel or r.fulfilled_by_key is not null)::integer::numeric as amount, 1::numeric as base,
    null::text as currency, null::boolean as finished,
    case when c.preferred_channel is null then 'to people who stated no channel' end as excluded
  from interaction i
  join contact c on c.account_id = i.account_id and c.source_key = i.contact_key and not c.deleted
  left join replies r on r.account_id = i.account_id and r.fulfilled_by_key = i.source_key
  where i.direction = 'outbound' and i.kind in ('message', 'call', 'voicemail', 'meeting') and not i.automatic and not i.bulk and not i.deleted
    and i.occurred_at >= @from and i.occurred_at < @to and i.occurred_at <= @as_of
)
select * from final
