-- Every promotion asks which hotfixes its application has had; there are few, among many promotions.
create index promotion_hotfixes on promotion (application, ended_at) where lane = 'hotfix';
