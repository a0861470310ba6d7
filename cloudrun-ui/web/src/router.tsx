import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readHistorySearch } from './pages/history/read-history-search.ts';
import { HomePage } from './pages/home/home-page.tsx';
import { AppFrame } from './shell/app-frame.tsx';
import { EmptyNotice } from './states/empty-notice.tsx';
import { ErrorNotice } from './states/error-notice.tsx';

const rootRoute = createRootRoute({
  component: AppFrame,
  errorComponent: ({ error, reset }) => <ErrorNotice error={error} onRetry={reset} />,
  notFoundComponent: () => (
    <EmptyNotice title="There is no such page.">Press ? for the keys that lead to those that are.</EmptyNotice>
  ),
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: HomePage,
  validateSearch: ({ search }: Record<string, unknown>): { readonly search?: string } =>
    typeof search === 'string' && search !== '' ? { search } : {},
});

const promotionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/promotions/$promotion',
  component: lazyRouteComponent(() => import('./pages/promotion/promotion-page.tsx'), 'Page'),
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

export const router = createRouter({
  routeTree: rootRoute.addChildren([homeRoute, promotionRoute, approvalsRoute, historyRoute]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
