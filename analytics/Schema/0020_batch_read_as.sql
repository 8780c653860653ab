-- How a batch's file was read where the file does not say so itself (path of the records in JSON, encoding, header lines), so that the
-- bytes of any record can be shown without the mapping. A JSON object; empty for batches from before.
alter table batch add column read_as text not null default '';
