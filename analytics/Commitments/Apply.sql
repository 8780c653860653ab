-- Makes the ledger equal to what the rule derived, touching only rows that differ, and notes what that moves in the roll-ups.
-- Inputs: dirty (account_id, since), derived (as commitment); @kind; the setting followthrough.settled_until.
-- Output: removed, written; rows of rollup_move.
-- The offset 0 keep the ledger looked up account by account: a join over a range of them would read all that lies between. So does the
-- between: of a rare kind it seems cheaper to read all.
with removed as (
  delete from commitment c
  using (
    select r.place
    from dirty d cross join lateral (
      select l.ctid as place, l.account_id, l.commitment_key from commitment l
      where l.account_id = d.account_id and l.kind between @kind and @kind and l.fixed_at >= d.since offset 0) r
    where not exists (select from derived n where n.account_id = r.account_id and n.commitment_key = r.commitment_key)
    offset 0
  ) r
  where c.ctid = r.place
  returning c.*
),
differing as materialized (
  select n as new, o.old
  from derived n
  left join lateral (
    select o as old from commitment o where o.account_id = n.account_id and o.kind = n.kind and o.commitment_key = n.commitment_key offset 0) o on true
  where o.old is distinct from n
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
  select sign, kind, team_key, owed_by, segment, region, opened_at, due_at, due_next_business_day, fulfilled_at, excused_at, excused_reason
  from moves
  where settles_at < current_setting('followthrough.settled_until')::timestamptz
)
select (select count(*) from removed) as removed, (select count(*) from written) as written
