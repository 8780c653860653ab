-- What the filters of a list offer. Grain: one row per choice. Columns: choice ('team' or 'person'), key, name.
select 'team' as choice, source_key as key, name from team where not deleted
union all
select 'person', source_key, name from staff where not deleted
order by 1 desc, 3, 2
