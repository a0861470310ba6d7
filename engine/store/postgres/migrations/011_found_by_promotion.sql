-- What belongs to a promotion is found by it: it is removed with it, and was looked for in whole tables each time.
create index plan_by_promotion on plan (promotion_id);
create index outbox_by_promotion on outbox (promotion_id);
create index open_item_by_promotion on open_item (promotion_id);
