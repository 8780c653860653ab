-- Who a user is and what was given to him. Grain: one row; none when he is gone, may not sign in, or his session is older than the last
-- change of his password or roles. $1: user_id, $2: the security stamp of his session, null for a token.
-- Columns: name, staff_key, time_zone, roles, teams (those for which he answers), user_id.
select user_name, staff_key, time_zone,
  array(select r.name from app_user_role u join app_role r using (role_id) where u.user_id = a.user_id order by 1),
  array(select team_key from app_user_team t where t.user_id = a.user_id order by 1),
  user_id
from app_user a
where user_id = $1 and disabled_at is null and ($2 is null or security_stamp = $2)
