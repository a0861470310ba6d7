import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditSearch } from './pages/audit/read-audit-search.ts';
import { readReportSearch } from './pages/audit/read-report-search.ts';
import { readChangedSearch } from './pages/changed/read-changed-search.ts';
import { readCompareSearch } from './pages/compare/read-compare-search.ts';
import { readComparisonSearch } from './pages/comparison/read-comparison-search.ts';
import { readConfigurationSearch } from './pages/configuration/read-configuration-search.ts';
import { readHistorySearch } from './pages/history/read-history-search.ts';
import { HomePage } from './pages/home/home-page.tsx';
import { readHomeSearch } from './pages/home/read-home-search.ts';
import { readMetricsSearch } from './pages/metrics/read-metrics-search.ts';
import { AppFrame } from './shell/app-frame.tsx';
import { PageTitle } from './shell/page-title.tsx';
import { EmptyNotice } from './states/empty-notice.tsx';
import { ErrorNotice } from './states/error-notice.tsx';
import { readWords } from './text/read-words.ts';

const rootRoute = createRootRoute({
  component: AppFrame,
  errorComponent: ({ error, reset }) => (
    <>
      <PageTitle title="This page cannot be shown" />
      <ErrorNotice error={error} onRetry={reset} />
    </>
  ),
  notFoundComponent: () => (
    <>
      <PageTitle title="There is no such page" />
      <EmptyNotice title="The address leads nowhere.">
        <p>
          Press <kbd>?</kbd> for the keys that lead to the pages that there are.
        </p>
      </EmptyNotice>
    </>
  ),
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: HomePage,
  validateSearch: readHomeSearch,
});

const promotionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/promotions/$promotion',
  component: lazyRouteComponent(() => import('./pages/promotion/promotion-page.tsx'), 'Page'),
  // The plan that whoever follows a link was asked about.
  validateSearch: ({ plan }: Record<string, unknown>): { readonly plan?: string } =>
    typeof plan === 'string' && /^[0-9a-f]{64}$/.test(plan) ? { plan } : {},
});

const latestPromotionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/promotions/latest',
  component: lazyRouteComponent(() => import('./pages/promotion/latest-promotion.tsx'), 'Page'),
  validateSearch: (search: Record<string, unknown>) => readWords(search, 'from', 'to'),
});

const approvalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/approvals',
  component: lazyRouteComponent(() => import('./pages/approvals/approvals-page.tsx'), 'Page'),
});

const historyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/history',
  component: lazyRouteComponent(() => import('./pages/history/history-page.tsx'), 'Page'),
  validateSearch: readHistorySearch,
});

const changedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/history/changed',
  component: lazyRouteComponent(() => import('./pages/changed/changed-page.tsx'), 'Page'),
  validateSearch: readChangedSearch,
});

const comparisonRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/history/comparison',
  component: lazyRouteComponent(() => import('./pages/comparison/comparison-page.tsx'), 'Page'),
  validateSearch: readComparisonSearch,
});

const pipelinesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/pipelines',
  component: lazyRouteComponent(() => import('./pages/pipelines/pipelines-page.tsx'), 'Page'),
  validateSearch: (search: Record<string, unknown>) => readWords(search, 'application'),
});

const configurationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/configuration',
  component: lazyRouteComponent(() => import('./pages/configuration/configuration-page.tsx'), 'Page'),
  validateSearch: readConfigurationSearch,
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare',
  component: lazyRouteComponent(() => import('./pages/compare/compare-page.tsx'), 'Page'),
  validateSearch: readCompareSearch,
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit/audit-page.tsx'), 'Page'),
  validateSearch: readAuditSearch,
});

const auditReportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit/report',
  component: lazyRouteComponent(() => import('./pages/audit/report-page.tsx'), 'Page'),
  validateSearch: readReportSearch,
});

const metricsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/metrics',
  component: lazyRouteComponent(() => import('./pages/metrics/metrics-page.tsx'), 'Page'),
  validateSearch: readMetricsSearch,
});

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules',
  component: lazyRouteComponent(() => import('./pages/rules/rules-page.tsx'), 'Page'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'Page'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    promotionRoute,
    latestPromotionRoute,
    approvalsRoute,
    historyRoute,
    changedRoute,
    comparisonRoute,
    pipelinesRoute,
    configurationRoute,
    compareRoute,
    auditRoute,
    auditReportRoute,
    metricsRoute,
    rulesRoute,
    settingsRoute,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
