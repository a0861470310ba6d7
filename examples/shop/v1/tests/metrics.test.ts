import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metrics, readProcessUsage } from '../platform/metrics.ts';

const usage = { residentBytes: 1_048_576, cpuSeconds: 1.5, uptimeSeconds: 60 };
const identity = { service: 'orders', release: 'v1' };

await test('requests are counted by method, route and status', () => {
  const metrics = new Metrics(identity, () => usage);
  for (const status of [201, 201, 422]) {
    metrics.requestStarted();
    metrics.requestEnded('POST', '/orders', status, 0.02);
  }
  const text = metrics.render();
  assert.match(text, /^http_requests_total\{method="POST",route="\/orders",status="201"\} 2$/m);
  assert.match(text, /^http_requests_total\{method="POST",route="\/orders",status="422"\} 1$/m);
});

await test('the histogram is cumulative and ends with everything', () => {
  const metrics = new Metrics(identity, () => usage);
  for (const seconds of [0.001, 0.2, 30]) {
    metrics.requestStarted();
    metrics.requestEnded('GET', '/orders', 200, seconds);
  }
  const buckets = [...metrics.render().matchAll(/_bucket\{.*,le="([^"]+)"\} (\d+)$/gm)];
  const counts = buckets.map(([, , count]) => Number(count));
  assert.deepEqual(counts, [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3]);
  assert.equal(buckets.at(-1)?.[1], '+Inf');
  assert.match(metrics.render(), /_sum\{method="GET",route="\/orders"\} 30\.201$/m);
  assert.match(metrics.render(), /_count\{method="GET",route="\/orders"\} 3$/m);
});

await test('requests in flight go up and down again', () => {
  const metrics = new Metrics(identity, () => usage);
  metrics.requestStarted();
  metrics.requestStarted();
  metrics.requestEnded('GET', '/', 200, 0.1);
  assert.match(metrics.render(), /^http_requests_in_flight 1$/m);
});

await test('memory, processor time and the release are reported', () => {
  const text = new Metrics(identity, () => usage).render();
  assert.match(text, /^process_resident_memory_bytes 1048576$/m);
  assert.match(text, /^process_cpu_seconds_total 1\.5$/m);
  assert.match(text, /^service_info\{service="orders",release="v1"\} 1$/m);
});

await test('a label cannot break out of its quotes', () => {
  const text = new Metrics({ release: 'v"1\\\n' }, () => usage).render();
  assert.ok(text.includes('service_info{release="v\\"1\\\\\\n"} 1\n'));
});

await test('what the process uses is read from the process', () => {
  const { residentBytes, cpuSeconds, uptimeSeconds } = readProcessUsage();
  assert.ok(residentBytes > 1_000_000 && cpuSeconds > 0 && uptimeSeconds > 0);
});
