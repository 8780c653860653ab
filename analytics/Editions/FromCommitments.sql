-- What an edition keeps of each commitment. Parameters: @edition, @rows_of, @as_of. What ended or was answered after the cut-off was open then.
select @edition, @rows_of, s.account_id, s.commitment_key, s.kind, s.contact_key, r.contact_name, s.thread_key, s.project_key, s.channel,
  r.subject, s.owed_by, s.team_key, s.counted_at, s.opened_at, s.first_contact_at, s.due_at, s.due_next_business_day, s.answered,
  case when s.answered then s.fulfilled_at end, case when s.answered then s.fulfilled_by_key end, case when s.answered then s.fulfilled_channel end,
  case when s.status = 'excused' then s.excused_reason end, case when s.status = 'excused' then s.excused_by end,
  s.reminders, s.source_deleted, s.outcome, s.fixed_at, s.amount, s.currency, s.status, s.business_status, s.waiting, @as_of
from listed s
left join customer a on a.account_id = s.account_id
left join shown r on r.commitment_key = s.commitment_key and coalesce(r.account, '') = coalesce(a.source_key, '')
