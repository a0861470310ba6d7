-- Who spoke for the person that a change names, where no promotion says it.
alter table change add column said_by text;
