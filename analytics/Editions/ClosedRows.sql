-- The rows of closed quarters that make up a figure, in the columns and with the parameters of Metrics/Rows.sql. Follows Metrics/Listed.sql.
select s.kind, s.commitment_key, a.source_key as account, a.name as account_name, s.contact_name, s.channel, s.subject,
  s.owed_by, p.name as staff_name, s.team_key, t.name as team_name,
  s.opened_at, s.due_at, case when s.answered then s.fulfilled_at end, case when s.answered then s.fulfilled_channel end, s.reminders, s.status, s.excused_reason,
  s.due_next_business_day, s.business_status, s.fulfilled_by_key, s.first_contact_at, s.source_deleted, s.excused_by, s.contact_key, s.thread_key,
  case when not s.answered and s.fixed_at <= s.judged_at then s.outcome end,
  case when not s.answered and s.fixed_at <= s.judged_at and s.outcome is not null then s.fixed_at end,
  s.amount, s.currency
from listed s
left join customer a on a.account_id = s.account_id
left join staff p on p.source_key = s.owed_by
left join team t on t.source_key = s.team_key
where (@commitment_key::text is null or s.commitment_key = @commitment_key)
  and (not @waiting_only or s.waiting)
  and (@after_at::timestamptz is null or (s.opened_at, s.commitment_key, coalesce(a.source_key, '')) >= (@after_at, @after_key::text, @after_account::text))
order by {order}
offset @skip limit @take
