import { MonitoringDashboard } from '@cdktf/provider-google/lib/monitoring-dashboard/index.js';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { hcl } from '../conditions/expression.ts';
import { logFilter, type LogScope } from '../../engine/contract/log-selection.ts';
import type { MeasuredEvent } from '../control-plane/log-metrics.ts';
import type { ControlPlaneNames } from '../naming/names.ts';
import { literal } from '../naming/literal.ts';
import type { PairSettings } from './pair-settings.ts';

/** Charts of one path in Cloud Monitoring. */
export class PairDashboard extends Construct {
  readonly dashboard: MonitoringDashboard;
  readonly #projectId: string;

  constructor(scope: Construct, id: string, settings: PairSettings, planeNames: ControlPlaneNames, lines: LogScope) {
    super(scope, id);
    this.#projectId = settings.projectId;
    this.dashboard = new MonitoringDashboard(this, 'dashboard', {
      project: settings.projectId,
      dashboardJson: literal(JSON.stringify(dashboardOf(settings, planeNames, lines))),
    });
  }

  /** Where it is opened. */
  get url(): string {
    const name = Token.asString(Fn.element(Fn.split('/', this.dashboard.id), 3));
    return `https://console.cloud.google.com/monitoring/dashboards/builder/${name}?project=${this.#projectId}`;
  }
}

/** The API answers without empty lists and defaults; with any of them here, every plan would show a change. */
function dashboardOf({ inputs }: PairSettings, names: ControlPlaneNames, lines: LogScope): unknown {
  const { environment: from, targetEnvironment: to } = inputs;
  const charts = chartsOf(names, from, to);
  const history = {
    title: 'History',
    logsPanel: { filter: logFilter('promotion-finished', lines) },
  };
  return {
    displayName: `Promotions ${from} → ${to}`,
    mosaicLayout: {
      columns: 48,
      tiles: [
        ...charts.map((widget, index) => ({
          ...(index % 2 === 0 ? {} : { xPos: 24 }),
          ...(index < 2 ? {} : { yPos: Math.floor(index / 2) * 16 }),
          width: 24,
          height: 16,
          widget,
        })),
        { yPos: Math.ceil(charts.length / 2) * 16, width: 48, height: 16, widget: history },
      ],
    },
  };
}

function chartsOf(names: ControlPlaneNames, from: string, to: string): readonly unknown[] {
  const path = `monitored_resource="cloud_run_revision",from="${from}",environment="${to}"`;
  const select = (event: MeasuredEvent, suffix = '', more = ''): string =>
    `increase(${queryName(names.metric(event))}${suffix}{${path}${more}}[1h])`;
  const finished = (more = ''): string => `sum(${select('promotion-finished', '_count', more)})`;
  const percentile = (event: MeasuredEvent, more = ''): string =>
    `histogram_quantile(0.95, sum by (le) (${select(event, '_bucket', more)}))`;
  return [
    chart('Attempts', 'STACKED_BAR', `sum(${select('promotion-started')})`),
    chart('Outcomes', 'STACKED_BAR', `sum by (outcome) (${select('promotion-finished', '_count')})`),
    chart('Success rate', 'LINE', `${finished(',outcome="succeeded"')} / ${finished()}`),
    chart('Promotion duration, 95th percentile', 'LINE', percentile('promotion-finished')),
    chart('Migration duration, 95th percentile', 'LINE', percentile('migration-finished')),
    chart('Validation failures by type', 'STACKED_BAR', `sum by (type) (${select('validation-failed')})`),
    chart('Approvals waiting', 'LINE', percentile('queue-length', ',waitingFor="approval"')),
    chart('Queue', 'LINE', percentile('queue-length', ',waitingFor="slot"')),
  ];
}

/** https://cloud.google.com/monitoring/promql/promql-mapping: the first slash is a colon, other signs are underscores. */
function queryName(metric: string): string {
  const name = Token.isUnresolved(metric)
    ? hcl`replace(${metric}, ${'/[^A-Za-z0-9_]/'}, ${'_'})`.toString()
    : metric.replaceAll(/[^A-Za-z0-9_]/g, '_');
  return `logging_googleapis_com:user_${name}`;
}

function chart(title: string, plotType: 'STACKED_BAR' | 'LINE', prometheusQuery: string): unknown {
  return { title, xyChart: { dataSets: [{ plotType, timeSeriesQuery: { prometheusQuery } }] } };
}
