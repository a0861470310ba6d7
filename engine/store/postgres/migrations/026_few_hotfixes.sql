-- Whether what runs somewhere came in the emergency lane is asked of every environment at once; there are few that did.
create index promotion_in_hotfix_lane on promotion (id) where lane = 'hotfix';
