-- The audit trail over all chains, newest first, from any place on; and likewise what people did, which is the smaller part.
create index event_by_time on event (at desc);
create index event_of_people on event (at desc) where actor ->> 'via' <> 'engine';
