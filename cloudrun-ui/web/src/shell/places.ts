/** A page that the navigation leads to. */
export interface Place {
  readonly path:
    | '/'
    | '/pipelines'
    | '/approvals'
    | '/history'
    | '/compare'
    | '/configuration'
    | '/audit'
    | '/metrics'
    | '/rules'
    | '/settings';
  readonly title: string;
  /** Whether it is left as soon as the address goes further. Default: it is not. */
  readonly exact?: boolean;
  /** Typed after `g`. */
  readonly key: string;
}

export const places: readonly Place[] = [
  { path: '/', title: 'Home', key: 'h', exact: true },
  { path: '/pipelines', title: 'Pipelines', key: 'p' },
  { path: '/approvals', title: 'Approvals', key: 'a' },
  { path: '/history', title: 'History', key: 'y' },
  { path: '/compare', title: 'Compare', key: 'o' },
  { path: '/configuration', title: 'Configuration', key: 'c' },
  { path: '/audit', title: 'Audit', key: 'u' },
  { path: '/metrics', title: 'Metrics', key: 'm' },
  { path: '/rules', title: 'Rules', key: 'r' },
  { path: '/settings', title: 'Settings', key: 's' },
];
