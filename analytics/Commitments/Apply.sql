-- Makes the ledger equal to what the rule derived, touching only rows that differ.
-- Inputs: dirty (account_id, since), derived (as commitment); @kind. Output: removed, written.
with removed as (
  delete from commitment c
  using dirty d
  where c.account_id = d.account_id and c.kind = @kind
    and (c.opened_at >= d.since or c.fulfilled_at is null or c.fulfilled_at >= d.since)
    and not exists (select from derived n where n.account_id = c.account_id and n.commitment_key = c.commitment_key)
  returning 1
),
written as (
  insert into commitment as c
  select n.* from derived n
  left join commitment o on o.account_id = n.account_id and o.kind = n.kind and o.commitment_key = n.commitment_key
  where o is distinct from n
  order by n.account_id, n.commitment_key
  on conflict (account_id, kind, commitment_key) do update set
    definition_version = excluded.definition_version, party = excluded.party, contact_key = excluded.contact_key,
    thread_key = excluded.thread_key, project_key = excluded.project_key, channel = excluded.channel,
    owed_by = excluded.owed_by, team_key = excluded.team_key, opened_at = excluded.opened_at,
    first_contact_at = excluded.first_contact_at, due_at = excluded.due_at,
    due_next_business_day = excluded.due_next_business_day, fulfilled_at = excluded.fulfilled_at,
    fulfilled_by_key = excluded.fulfilled_by_key, fulfilled_by_staff = excluded.fulfilled_by_staff,
    fulfilled_channel = excluded.fulfilled_channel, excused_at = excluded.excused_at,
    excused_reason = excluded.excused_reason, excused_by = excluded.excused_by,
    reminders = excluded.reminders, source_deleted = excluded.source_deleted
  returning 1
)
select (select count(*) from removed) as removed, (select count(*) from written) as written
