-- Whoever has approved a plan may still reject it.
alter table vote drop constraint vote_pkey;
alter table vote add primary key (promotion_id, stage, actor, plan_hash, decision);
