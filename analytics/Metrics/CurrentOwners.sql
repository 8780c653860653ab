-- Whose each account is at @now, and in which team he is. Two common tables, to be put into a statement: owners (account_id, staff_key) and
-- members (staff_key, team_key).
owners as (
  select account_id, staff_key from (
    select distinct on (account_id) account_id, staff_key, ended_at
    from account_assignment
    where role = 'owner' and not deleted and occurred_at <= @now
    order by account_id, occurred_at desc, source_key desc) newest
  where ended_at is null or ended_at > @now
),
members as (
  select staff_key, team_key from (
    select distinct on (staff_key) staff_key, team_key, ended_at
    from team_membership
    where not deleted and occurred_at <= @now
    order by staff_key, occurred_at desc, source_key desc) newest
  where ended_at is null or ended_at > @now
)
