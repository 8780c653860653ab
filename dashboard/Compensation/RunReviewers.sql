-- Who may review statements of a run that wait for it, and how many each: managers those of the people who were in their teams at its end,
-- those who see all pay and approve it every one; nobody his own. Grain: one row per user. @run; @roles: those that see and approve all pay;
-- @manager: the role whose teams count.
-- Columns: name, user, staff_key, statements.
with waiting as (
  select s.staff_key, r.to_day::timestamp at time zone c.reporting_zone as until
  from pay_statement s join pay_run r using (run_id) cross join company c
  where s.run_id = @run and not {reviewed}
), led as (
  select distinct t.user_id, w.staff_key
  from waiting w
  join team_membership m on m.staff_key = w.staff_key and not m.deleted and m.occurred_at < w.until and (m.ended_at is null or m.ended_at >= w.until)
  join app_user_team t using (team_key)
  where exists (select from app_user_role r join app_role using (role_id) where r.user_id = t.user_id and name = @manager)
), reviewing as (
  select user_id, staff_key from led
  union
  select r.user_id, w.staff_key from waiting w cross join app_user_role r join app_role using (role_id) where name = any (@roles)
)
select u.user_name, u.user_id, u.staff_key, count(*)
from reviewing v join app_user u using (user_id)
where u.disabled_at is null and v.staff_key is distinct from u.staff_key
group by u.user_name, u.user_id, u.staff_key
order by count(*) desc, lower(u.user_name)
