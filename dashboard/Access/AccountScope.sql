-- Whether an account a is one of the viewer's: something is owed to it by his teams or by him, or they own it. A condition, to be put
-- into a statement. @viewer_teams, @viewer_staff: the viewer's limits, null for none.
((@viewer_teams::text[] is null and @viewer_staff::text is null)
  or exists (
    select from commitment c
    where c.account_id = a.account_id and (@viewer_teams::text[] is null or c.team_key = any (@viewer_teams))
      and (@viewer_staff::text is null or c.owed_by = @viewer_staff))
  or exists (
    select from account_assignment o
    where o.account_id = a.account_id and o.role = 'owner' and not o.deleted
      and (@viewer_staff::text is null or o.staff_key = @viewer_staff)
      and (@viewer_teams::text[] is null or exists (
        select from team_membership m where m.staff_key = o.staff_key and m.team_key = any (@viewer_teams) and not m.deleted))))
