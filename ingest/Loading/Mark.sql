-- The accounts of written rows become dirty; a part of the statement that writes them. Placeholders: {fact}, {dirty}.
marked as (
  insert into dirty_account (account_id, since, facts, contacts)
  select account_id, since, array['{fact}'], contacts from ({dirty}) d order by account_id
  on conflict (account_id) do update set since = least(dirty_account.since, excluded.since),
    facts = case when dirty_account.facts @> excluded.facts then dirty_account.facts else dirty_account.facts || excluded.facts end,
    contacts = case when dirty_account.contacts is not null and excluded.contacts is not null
      then array(select unnest(dirty_account.contacts) union select unnest(excluded.contacts)) end
)
