/** A small valid document with a fork and a join: dev → qa → (uat1 | uat2) → staging → live. */
export const pipelineText = `version: 1
applications:
  - name: shop
    services:
      - name: api
      - { name: web, kind: frontend, critical: false }
environments:
  - name: dev
    targets: &targets
      deployment: { kind: local }
      registry: registry.example/<env>
      database: <app>-<env>
      configuration:
        repository: https://git.example/config.git
      flags: { kind: file }
  - { name: qa, targets: *targets }
  - { name: uat1, targets: *targets }
  - { name: uat2, targets: *targets }
  - name: staging
    aliases: [stage]
    targets: *targets
    services:
      - name: api
        healthUrl: https://<service>.<env>.<app>.example/health
        startupTimeoutSeconds: 5m
  - name: live
    aliases: [prod, production]
    targets: *targets
defaults:
  gates:
    tests: { suites: [unit] }
    coverage: { minimumPercent: 70, maxAgeSeconds: 1h }
paths:
  - { from: dev, to: qa }
  - { from: qa, to: uat1 }
  - { from: qa, to: uat2 }
  - { from: uat1, to: stage, after: all }
  - { from: uat2, to: staging, after: { atLeast: 1, of: [uat1, uat2] } }
  - from: staging
    to: prod
    soakSeconds: 24h
    gates:
      tests: false
      coverage: { minimumPercent: 85 }
    approvals:
      stages:
        - { name: CAB, roles: [cab], minimumApprovals: 2 }
`;
