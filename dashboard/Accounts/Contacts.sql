-- The people of an account who are still there, the highest first. Grain: one row per contact. @id, @now.
select name, title, tier, email, phone, preferred_channel, do_not_contact
from contact
where account_id = @id and not deleted and (left_at is null or left_at > @now)
order by array_position(array['executive', 'management', 'operations', 'technical'], tier) nulls last, name, source_key
