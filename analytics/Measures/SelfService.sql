-- Matters that needed nobody. Grain: a thread that a customer began in the period; a contact without a thread is one by itself.
-- Output: the columns of observed; amount 1 when only a bot or portal had to do with it so far. Input: interaction.
-- A hand-over, a reopening, a contact of the customer past the bot, or one of ours by a human make it a human's, whoever answered first.
with contacts as (
  select account_id, coalesce(thread_key, source_key) as matter, source_key, occurred_at, subject, channel,
    direction = 'inbound' and not automatic and kind not in ('hand_off', 'reopened') as is_customers,
    kind in ('hand_off', 'reopened') or not (automatic or to_bot) as by_human
  from interaction
  where not deleted and not bulk and occurred_at <= @as_of
    and (kind in ('hand_off', 'reopened') or (direction in ('inbound', 'outbound') and kind in ('message', 'call', 'voicemail', 'meeting')))
),
matters as (
  select distinct on (account_id, matter) account_id, matter, source_key, occurred_at, subject, channel, is_customers,
    bool_or(by_human) over (partition by account_id, matter) as by_human
  from contacts
  order by account_id, matter, occurred_at, not is_customers, source_key
),
final as (
  select account_id, 'interaction' as fact, source_key as row_key, subject as label, null::text as staff_key, null::text as team_key, channel,
    occurred_at as counted_at, (not by_human)::integer::numeric as amount, 1::numeric as base, null::text as currency, null::boolean as finished,
    null::text as excluded
  from matters
  where is_customers and occurred_at >= @from and occurred_at < @to
)
select * from final
