import { EventAlerts, FailureAlerts } from '../../../constructs/pair/alerts.ts';
import { PairDashboard } from '../../../constructs/pair/dashboard.ts';
import { measuredEvents } from '../../../constructs/control-plane/log-metrics.ts';
import { ControlPlaneNames } from '../../../constructs/naming/names.ts';
import { logFilter } from '../../../engine/contract/log-selection.ts';
import { pairSettings, partsIn } from '../parts.ts';

const lines = { services: ['promotion-ui', 'promotion-worker'], path: { from: 'staging', to: 'prod' } };
const channel = 'projects/shop-prod/notificationChannels/1';

type Policy = {
  readonly display_name: string;
  readonly severity: string;
  readonly notification_channels?: readonly string[];
  readonly conditions: readonly { readonly condition_matched_log: { readonly filter: string } }[];
  readonly alert_strategy: { readonly notification_rate_limit: { readonly period: string } };
};
const policies = (stack: ReturnType<typeof partsIn>): readonly Policy[] =>
  stack.all('google_monitoring_alert_policy') as unknown as readonly Policy[];

describe('alerts of a pair', () => {
  const stack = partsIn((scope) => {
    new FailureAlerts(scope, 'alerts', pairSettings({ notificationChannels: [channel] }), lines);
  });

  it('tell the notification channels of what failed, on this path alone, as the engine writes it', () => {
    const filters = policies(stack).map(({ conditions }) =>
      conditions.map((each) => each.condition_matched_log.filter),
    );
    expect(filters).toEqual(
      ['approval-waiting', 'promotion-failed', 'rollback-failed', 'validation-failed'].map((event) => [
        logFilter(event as 'promotion-failed', lines),
      ]),
    );
    expect(policies(stack).every(({ notification_channels }) => notification_channels?.[0] === channel)).toBe(true);
  });

  it('have one condition and a limit each, as Cloud Monitoring wants for lines', () => {
    for (const { conditions, alert_strategy } of policies(stack)) {
      expect(conditions).toHaveLength(1);
      expect(alert_strategy.notification_rate_limit.period).toMatch(/^\d+s$/);
    }
  });

  it('are the graver the less can be done: a rollback that failed is critical', () => {
    expect(Object.fromEntries(policies(stack).map(({ display_name, severity }) => [display_name, severity]))).toEqual({
      'staging → prod: an approval waits too long': 'WARNING',
      'staging → prod: promotion failed': 'ERROR',
      'staging → prod: rollback failed': 'CRITICAL',
      'staging → prod: validation failed': 'WARNING',
    });
  });

  it('are there without channels too, and name none then', () => {
    const without = partsIn((scope) => {
      new FailureAlerts(scope, 'alerts', pairSettings(), lines);
    });
    expect(policies(without)).toHaveLength(4);
    expect(without.text).not.toContain('notification_channels');
  });
});

describe('promotion notification channels', () => {
  const told = (channels: readonly string[]) =>
    policies(
      partsIn((scope) => {
        new EventAlerts(scope, 'events', pairSettings({ promotionNotificationChannels: channels }), lines);
      }),
    );

  it('of Cloud Monitoring are told of the start, the approval needed and the end', () => {
    expect(
      told([channel, 'releases@shop.example']).map(({ display_name, notification_channels }) => [
        display_name,
        notification_channels,
      ]),
    ).toEqual([
      ['staging → prod: approval needed', [channel]],
      ['staging → prod: promotion finished or rolled back', [channel]],
      ['staging → prod: promotion started', [channel]],
    ]);
  });

  it('of other kinds are told by the notify step, and need no policy', () => {
    expect(told(['releases@shop.example', 'https://hooks.shop.example/x'])).toEqual([]);
  });
});

describe('the dashboard', () => {
  const stack = partsIn((scope) => {
    new PairDashboard(scope, 'metrics', pairSettings(), new ControlPlaneNames('shop-prod', 'promotion'), lines);
  });
  const text = String(stack.one('google_monitoring_dashboard')['dashboard_json']);
  const dashboard = JSON.parse(text) as {
    mosaicLayout: { columns: number; tiles: { xPos?: number; width: number; widget: { title: string } }[] };
  };

  it('shows history, success, durations, attempts, failures by type, approvals and the queue', () => {
    expect(dashboard.mosaicLayout.tiles.map(({ widget }) => widget.title)).toEqual([
      'Attempts',
      'Outcomes',
      'Success rate',
      'Promotion duration, 95th percentile',
      'Migration duration, 95th percentile',
      'Validation failures by type',
      'Approvals waiting',
      'Queue',
      'History',
    ]);
  });

  it('asks for every metric that there is, by the name that queries know', () => {
    for (const event of measuredEvents) {
      expect(text).toContain(`logging_googleapis_com:user_promotion_${event.replaceAll('-', '_')}`);
    }
    expect(text).toContain('from=\\"staging\\",environment=\\"prod\\"');
  });

  it('holds no empty list and no default, which would be a change in every plan', () => {
    expect(text).not.toContain('[]');
    expect(text).not.toMatch(/"[xy]Pos":0/);
    expect(dashboard.mosaicLayout.tiles.every(({ xPos = 0, width }) => xPos + width <= 48)).toBe(true);
  });
});
