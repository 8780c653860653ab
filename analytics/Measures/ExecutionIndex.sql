-- The baseline execution index. Grain: a milestone that was accepted, or that its first date says should have been, by the status date: the
-- period's end, or the time of asking if that comes first. Cumulative: the period's beginning does not matter.
-- Output: the columns of observed; amount 1 when accepted, base 1 when planned. Input: the ledger's deliver, milestone.
with status as (
  select c.*, coalesce(c.fulfilled_at < @to and c.fulfilled_at <= @as_of, false) as accepted, c.due_at < @to and c.due_at <= @as_of as planned
  from commitment c
  where c.kind = 'deliver' and c.opened_at < @to and c.opened_at <= @as_of and @from <= @as_of
),
final as (
  select s.account_id, 'milestone' as fact, s.commitment_key as row_key, m.name as label, s.owed_by as staff_key, s.team_key, null::text as channel,
    s.due_at as counted_at, s.accepted::integer::numeric as amount, s.planned::integer::numeric as base, null::text as currency,
    null::boolean as finished,
    case when s.excused_reason is not null then s.excused_reason when s.source_deleted then 'deleted in the source' end as excluded
  from status s
  left join milestone m on m.account_id = s.account_id and m.source_key = s.commitment_key
  where s.accepted or s.planned
)
select * from final
