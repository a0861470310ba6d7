-- What is over is looked back on by application and by environment, newest first; a page of it is read without the rest. The
-- outcome stands behind, so that those of another one are passed over without being read.
create index promotion_ended_of_application on promotion (application, ended_at desc, id desc, state)
  where ended_at is not null;
create index promotion_ended_in_environment on promotion (to_environment, ended_at desc, id desc, state)
  where ended_at is not null;
