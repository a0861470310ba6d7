/** A page that the navigation leads to. */
export interface Place {
  readonly path: '/' | '/approvals' | '/history';
  readonly title: string;
  /** Whether it is left as soon as the address goes further. Default: it is not. */
  readonly exact?: boolean;
  /** Typed after `g`. */
  readonly key: string;
}

export const places: readonly Place[] = [
  { path: '/', title: 'Home', key: 'h', exact: true },
  { path: '/approvals', title: 'Approvals', key: 'a' },
  { path: '/history', title: 'History', key: 'y' },
];
