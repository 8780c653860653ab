-- Whether a person's pay is the viewer's to see: all of it, his own, or that of who was in one of his teams just before {until}.
-- A condition, to be put into a statement. @pay_all, @pay_teams, @pay_staff: the viewer's limits.
(@pay_all or {staff} = @pay_staff or exists (
  select from team_membership m
  where m.staff_key = {staff} and m.team_key = any (@pay_teams) and not m.deleted
    and m.occurred_at < {until} and (m.ended_at is null or m.ended_at >= {until})))
