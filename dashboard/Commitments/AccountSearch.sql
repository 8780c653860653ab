-- Accounts whose name or key holds the text, of those the viewer may see. Grain: one row per account. @text, @most: most rows.
-- Columns: key, name, region, how many there are in all. The condition of AccountScope.sql is put in.
select source_key, name, region, count(*) over () as total
from account a
where not deleted and (strpos(lower(name), lower(@text)) > 0 or lower(source_key) = lower(@text))
  and {in_scope}
order by strpos(lower(name), lower(@text)) <> 1, name, source_key
limit @most
