import type { PromotionProcessProps } from '../../constructs/promotion-process-props.ts';
import { pair } from './synthesise.ts';

const reference = 'projects/shop-prod/secrets/secret';

/** Inputs as teams combine them. */
const presets: Readonly<Record<string, Partial<PromotionProcessProps>>> = {
  'the seven required inputs': {},
  'everything on': {
    approvers: ['sre@shop.example'],
    notificationChannels: ['projects/shop-prod/notificationChannels/1'],
    promotionNotificationChannels: ['projects/shop-prod/notificationChannels/1'],
    sourceDbConnection: reference,
    targetDbConnection: reference,
    featureFlagApiKey: reference,
    enableCanaryPromotion: true,
    identity: { kind: 'oidc', issuer: 'https://accounts.google.com', clientId: 'client', clientSecret: reference },
    viewers: ['group:sre@shop.example'],
    clusterAccess: { kind: 'connect-gateway', membership: 'projects/shop-prod/locations/global/memberships/shop' },
  },
  'everything off': {
    approvalRequired: false,
    enableFeatureFlagPromotion: false,
    enableRollback: false,
    enableCanaryPromotion: false,
    enablePromotionMetrics: false,
    enablePromotionLogs: false,
    enablePromotionNotifications: false,
    enablePromotionAudit: false,
  },
};

describe('what is provisioned and who may do what, with', () => {
  it.each(Object.entries(presets))('%s', (_, inputs) => {
    const { counts, grants } = pair(inputs);
    expect({ counts, grants }).toMatchSnapshot();
  });
});
