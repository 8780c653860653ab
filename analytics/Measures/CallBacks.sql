-- How missed calls came out, beside the hour in which they are to be returned. Grain: an episode of missed calls opened in the period, by
-- the ledger's call_back. Output: the columns of observed. Inputs: the ledger, interaction, contact.
-- @variant: 24h (returned within 24 hours of elapsed time), never (neither returned nor ended by the customer), recovered (the customer called
-- again and got through), attempts (calls of the customer per episode); attempt and reach are hours from the opening to our first
-- attempt, or until we spoke with the person or with somebody of the account who can act, for 20 seconds.
-- Shares count an episode once 24 hours have passed. Hours end without us, and are censored, when the customer got through, and hours until
-- somebody was reached also when we answered otherwise.
with episodes as (
  select c.*, i.subject,
    case when c.fulfilled_at <= @as_of then c.fulfilled_at end as returned_at,
    -- An episode that the customer ended is fixed by that call.
    case when c.outcome = 'customer_recovered' and c.fixed_at <= @as_of then c.fixed_at end as recovered_at
  from commitment c
  left join interaction i on i.account_id = c.account_id and i.source_key = c.commitment_key
  where c.kind = 'call_back' and c.opened_at >= @from and c.opened_at < @to and c.opened_at <= @as_of
),
calls as (
  select i.account_id, i.occurred_at, i.contact_key, i.kind = 'call' and i.connected and i.duration_seconds >= 20 as reached,
    coalesce(n.tier in ('executive', 'management'), false) as can_act,
    coalesce(nullif(regexp_replace(i.phone_number, '^\s*00|[^0-9]', '', 'g'), ''), nullif(regexp_replace(n.phone, '^\s*00|[^0-9]', '', 'g'), ''),
      i.contact_key, '') as party
  from interaction i
  left join contact n on n.account_id = i.account_id and n.source_key = i.contact_key
  where @variant in ('attempt', 'reach') and i.direction = 'outbound' and i.kind in ('call', 'voicemail') and not i.automatic and not i.bulk
    and i.occurred_at >= @from and i.occurred_at <= @as_of
),
called as (
  select e.account_id, e.commitment_key, min(c.occurred_at) filter (where c.party = e.party or c.contact_key = e.contact_key) as attempted_at,
    min(c.occurred_at) filter (where c.reached) as reached_at
  from episodes e
  join calls c on c.account_id = e.account_id and c.occurred_at >= e.opened_at
    and (c.party = e.party or c.contact_key = e.contact_key or (c.reached and c.can_act))
  group by e.account_id, e.commitment_key
),
ended as (
  -- When the hours in question are over by our doing, and when they end without.
  select e.*, case @variant
      when 'attempt' then least(c.attempted_at, e.returned_at)
      -- We may have got through while the call was still in the queue.
      when 'reach' then least(c.reached_at, case when e.outcome = 'reached' then e.returned_at end)
    end as done_at,
    least(e.recovered_at, case when @variant = 'reach' and e.outcome = 'answered_otherwise' then e.returned_at end, @as_of) as gone_at
  from episodes e
  left join called c using (account_id, commitment_key)
),
final as (
  select account_id, 'interaction' as fact, commitment_key as row_key, subject as label, owed_by as staff_key, team_key, channel,
    opened_at as counted_at,
    case @variant
      when '24h' then coalesce(returned_at <= opened_at + interval '24 hours', false)::integer
      when 'never' then (returned_at is null and recovered_at is null)::integer
      when 'recovered' then (recovered_at is not null)::integer
      when 'attempts' then 1 + reminders
      else extract(epoch from least(done_at, gone_at) - opened_at) / 3600
    end::numeric as amount,
    case when @variant not in ('attempt', 'reach') then 1 end::numeric as base, null::text as currency,
    case when @variant in ('attempt', 'reach') then coalesce(done_at <= gone_at, false) end as finished,
    case
      when excused_at <= @as_of then excused_reason
      when @variant in ('24h', 'never', 'recovered') and opened_at + interval '24 hours' > @as_of then 'not yet 24 hours old'
    end as excluded
  from ended
)
select * from final
