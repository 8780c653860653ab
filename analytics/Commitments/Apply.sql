-- Makes the ledger equal to what the rule derived, touching only rows that differ, and notes what that moves in the roll-ups.
-- Inputs: dirty (account_id, since, contacts), derived (as commitment); @kind; the setting followthrough.settled_until.
-- Output: removed, written; rows of rollup_move.
-- The offset 0 keep the ledger looked up account by account: a join over a range of them would read all that lies between. So does the
-- selected kind, which a plan cannot know: of a rare one it would seem cheaper to read all.
with at_stake as materialized (
  select l.place, l.old, (l.old).account_id, (l.old).commitment_key
  from dirty d cross join lateral (
    select c.ctid as place, c as old from commitment c
    where c.account_id = d.account_id and c.kind = (select @kind) and c.fixed_at >= d.since
      and (d.contacts is null or c.contact_key = any (d.contacts)) offset 0) l
),
removed as (
  delete from commitment c
  using (
    select place from at_stake s
    where not exists (select from derived n where n.account_id = s.account_id and n.commitment_key = s.commitment_key)
    offset 0
  ) r
  where c.ctid = r.place
  returning c.*
),
compared as (
  select n as new, s.old from derived n join at_stake s on s.account_id = n.account_id and s.commitment_key = n.commitment_key
  union all
  -- New, or derived again though it was fixed before.
  select n, o.old
  from derived n
  left join lateral (
    select c as old from commitment c
    where c.account_id = n.account_id and c.kind = n.kind and c.commitment_key = n.commitment_key offset 0) o on true
  where not exists (select from at_stake s where s.account_id = n.account_id and s.commitment_key = n.commitment_key)
),
differing as materialized (
  select * from compared where old is distinct from new
),
written as (
  insert into commitment as c
  select (d.new).* from differing d
  order by (d.new).account_id, (d.new).commitment_key
  on conflict (account_id, kind, commitment_key) do update set
    definition_version = excluded.definition_version, party = excluded.party, contact_key = excluded.contact_key,
    thread_key = excluded.thread_key, project_key = excluded.project_key, channel = excluded.channel,
    owed_by = excluded.owed_by, team_key = excluded.team_key, opened_at = excluded.opened_at,
    first_contact_at = excluded.first_contact_at, due_at = excluded.due_at,
    due_next_business_day = excluded.due_next_business_day, fulfilled_at = excluded.fulfilled_at,
    fulfilled_by_key = excluded.fulfilled_by_key, fulfilled_by_staff = excluded.fulfilled_by_staff,
    fulfilled_channel = excluded.fulfilled_channel, excused_at = excluded.excused_at,
    excused_reason = excluded.excused_reason, excused_by = excluded.excused_by,
    reminders = excluded.reminders, source_deleted = excluded.source_deleted,
    outcome = excluded.outcome, amount = excluded.amount, currency = excluded.currency,
    segment = excluded.segment, region = excluded.region, fixed_at = excluded.fixed_at, settles_at = excluded.settles_at
  returning 1
),
moves as (
  select -1 as sign, r.* from removed r
  union all
  select -1, (old).* from differing where (old).kind is not null
  union all
  select 1, (new).* from differing
),
moved as (
  insert into rollup_move
  select sign, kind, team_key, owed_by, segment, region, opened_at, due_at, due_next_business_day, fulfilled_at, excused_at, excused_reason,
    settles_at, current_setting('followthrough.settled_until')::timestamptz
  from moves
)
select (select count(*) from removed) as removed, (select count(*) from written) as written
