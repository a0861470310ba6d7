-- Lists of promotions over all applications, newest first, from any place on.
create index promotion_by_age on promotion (created_at desc, id desc);
