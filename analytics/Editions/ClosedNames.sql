-- What customers, people and teams were called, as the last of the asked editions has it. Parameters: @editions.
with customer as (
  select distinct on (account_id) account_id, account_key as source_key, name, region, segment
  from edition_account
  where edition_id = any (@editions)
  order by account_id, edition_id desc
),
staff as (
  select distinct on (key) key as source_key, name from edition_name where edition_id = any (@editions) and what = 'staff' order by key, edition_id desc
),
team as (
  select distinct on (key) key as source_key, name from edition_name where edition_id = any (@editions) and what = 'team' order by key, edition_id desc
),
