-- Every action that was ever logged. Grain: one row per action. The index is asked for one after the other: there are few actions and many entries.
with recursive found as (
  select min(action) as action from access_log
  union all
  select (select min(l.action) from access_log l where l.action > found.action) from found where found.action is not null
)
select action from found where action is not null
