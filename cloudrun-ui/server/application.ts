import { OpenAPIHono } from '@hono/zod-openapi';
import { servicePaths } from '../../engine/contract/service-paths.ts';
import { serveExport } from './audit/serve-export.ts';
import { renderReference } from './documentation/render-reference.ts';
import { style } from './documentation/style.ts';
import { apiDocument } from './documentation/api-document.ts';
import { serveEndpoint, type ServerApplication, type ServerEnvironment } from './endpoint/serve-endpoint.ts';
import { allEndpoints } from './endpoints/all-endpoints.ts';
import { serveSignIn } from './identity/serve-sign-in.ts';
import { answerProblem } from './problems/answer-problem.ts';
import { ProblemError } from './problems/problem.ts';
import { refuseInvalid } from './problems/refuse-invalid.ts';
import { Allowance } from './protection/allowance.ts';
import { answerToLoopbackOnly } from './protection/loopback.ts';
import { compressForOthers } from './protection/compress-for-others.ts';
import { limitBodies } from './protection/limit-bodies.ts';
import { refuseCrossSite } from './protection/refuse-cross-site.ts';
import { limitStrangers, requirePerson } from './protection/require-person.ts';
import { securityHeaders } from './protection/security-headers.ts';
import type { ServerPorts } from './server-ports.ts';
import { serveReport } from './reports/serve-report.ts';
import { serveStreams } from './streams/serve-streams.ts';
import { serveWeb } from './static/serve-web.ts';

/** The API, its documentation and the web, as one application that answers requests. */
export function createApplication(ports: ServerPorts): ServerApplication {
  const { identity, limits, log } = ports;
  const application = new OpenAPIHono<ServerEnvironment>({ defaultHook: refuseInvalid });
  application.onError((error, context) => answerProblem(context, error, log));
  application.use(securityHeaders);
  application.use(compressForOthers);
  application.get(servicePaths.liveness, (context) => context.json({ ok: true }));
  application.get(servicePaths.readiness, async (context) => {
    await ports.checkReady();
    return context.json({ ok: true });
  });
  if (identity.kind === 'development') application.use(answerToLoopbackOnly);

  const allowance = new Allowance({
    burst: limits.burst,
    perSecond: limits.requestsPerSecond,
    nowMs: () => performance.now(),
  });
  application.use(
    '/api/*',
    refuseCrossSite(ports.publicOrigin),
    requirePerson(identity, allowance),
    limitBodies(limits.bodyBytes, allEndpoints),
  );
  application.use('/auth/*', limitStrangers(allowance));
  serveSignIn(application, identity);
  for (const endpoint of allEndpoints) serveEndpoint(application, ports, endpoint);
  serveStreams(application, ports);
  serveExport(application, ports);
  serveReport(application, ports);
  application.all('/api/*', ({ req }) => {
    throw new ProblemError('not-found', `there is no operation ${req.method} ${req.path}`, {
      remedy: '/docs lists every operation',
    });
  });

  const document = apiDocument(application, ports.version);
  application.get('/openapi.json', (context) => context.json(document));
  application.get('/docs', (context) => context.html(renderReference(document)));
  application.get('/docs/style.css', (context) => context.body(style, 200, { 'Content-Type': 'text/css' }));
  serveWeb(application, ports.webFolder);
  application.notFound(({ req }) => {
    throw new ProblemError('not-found', `there is nothing to be done by ${req.method} at ${req.path}`);
  });
  return application;
}
