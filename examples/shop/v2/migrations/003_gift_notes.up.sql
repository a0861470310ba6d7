-- kind: expand
-- A column that may stay empty: releases that do not know it go on as before. The check is added without a look at
-- the rows that exist, which cannot break it, so the lock is short.

alter table orders add column gift_note text;
alter table orders add constraint orders_gift_note_length check (char_length(gift_note) <= 1000) not valid;
