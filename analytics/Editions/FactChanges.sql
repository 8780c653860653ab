-- What was learned of one fact since a cut-off, of some accounts. Placeholders: {fact}, {account} (the account's column, or null where the
-- fact belongs to nobody). Parameters: @accounts, @cut_off, @last_batch. Grain: one row per record whose current version was not known then.
select '{fact}' as fact, {account} as account_id, f.source_key, f.occurred_at, f.deleted, p.source_key is not null as was_known,
  coalesce(p.deleted, false) as was_deleted, coalesce(p.account_id <> {account}, false) as moved
from {fact} f
left join lateral (
  select h.source_key, h.deleted, {history_account} as account_id from {fact}_history h
  where h.source_key = f.source_key and h.known_at <= @cut_off and h.batch_id <= @last_batch
  order by h.known_to desc limit 1
) p on true
where (f.known_at > @cut_off or f.batch_id > @last_batch) and ({account} is null or {account} = any (@accounts))
