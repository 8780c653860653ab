-- Sends the facts of a key that is no account's back to quarantine, where they wait for it. Placeholders: {fact}, {columns}, {given} (name, value, …).
-- Parameters: 1 now, 2 account_id, 3 the key. A row that had waited before waits again; of what came later there is the fact's text.
with taken as (
  delete from {fact} where account_id = $2 returning *
),
kept as (
  insert into {fact}_history ({columns}, known_to) select {columns}, greatest($1, known_at) from taken
),
reopened as (
  update quarantine q set resolved_at = null
  from taken t
  where q.account_id = $2 and q.waiting_for_account = $3 and q.fact = '{fact}' and q.source_key = t.source_key
    and q.batch_id = t.batch_id and q.position = t.position and q.resolved_at is not null and q.replayed_in is null
  returning q.source_key
),
told as (
  select t.batch_id, t.position, t.source_key, (
    select jsonb_object_agg(key, value) filter (where value is not null)::text
    from jsonb_each_text(jsonb_build_object('account', $3::text, {given}))
  ) as mapped
  from taken t where t.source_key not in (select source_key from reopened)
)
insert into quarantine (account_id, batch_id, position, fact, source_key, rule, field, reason, message, record, waiting_for_account, mapped, rejected_at)
select $2, batch_id, position, '{fact}', source_key, 0, 'account', 'unknown_account',
  'field account: there is no account ''' || $3 || '''; the row waits and goes in when the account arrives', mapped, $3, mapped, $1
from told
