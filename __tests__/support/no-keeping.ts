import type { AuditKeeping } from '../../cloudrun-ui/server/audit/audit-desk.ts';

/** The keeping of an audit trail where there is none. */
export const noKeeping: AuditKeeping = {
  verify: () => Promise.reject(new Error('there is no audit trail here')),
  async *export() {
    yield '';
  },
  publicKey: () => Promise.resolve(undefined),
  prune: () => Promise.reject(new Error('there is no audit trail here')),
};
