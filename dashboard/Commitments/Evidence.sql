-- Everything that was said between a customer and us around one commitment.
-- Grain: one row per interaction. $1: account_id, $2: kind, $3: commitment_key, $4: now (where the wait of an open one ends), $5: most rows.
-- Columns: the interaction, names of the people, and where it came from (batch, file, line, when).
with owed as (
  select account_id, commitment_key, party, contact_key, thread_key, opened_at, fulfilled_at, fulfilled_by_key
  from commitment
  where account_id = $1 and kind = $2 and commitment_key = $3
),
said as (
  select i.*
  from owed
  join interaction i on i.account_id = owed.account_id
    and (i.contact_key = owed.contact_key or i.thread_key = owed.thread_key
         or i.source_key in (owed.commitment_key, owed.fulfilled_by_key))
    and i.occurred_at between owed.opened_at - interval '7 days' and coalesce(owed.fulfilled_at, $4) + interval '2 days'
),
final as (
  select
    said.source_key, said.occurred_at, said.channel, said.direction, said.kind, said.automatic, said.bulk, said.to_bot,
    said.connected, said.duration_seconds, said.missed_reason, said.subject, said.deleted, said.known_at, said.thread_key,
    contact.name as contact, coalesce(staff.name, said.staff_key) as staff,
    batch.batch_id, batch.name as file, said.position, batch.committed_at,
    said.source_key = owed.commitment_key as opens,
    said.source_key is not distinct from owed.fulfilled_by_key as closes,
    coalesce(said.contact_key, said.thread_key, '') = owed.party as same_party
  from said
  cross join owed
  left join contact on contact.account_id = said.account_id and contact.source_key = said.contact_key
  left join staff on staff.source_key = said.staff_key
  left join batch on batch.batch_id = said.batch_id
)
select * from final
order by occurred_at, source_key
limit $5
