import { PageTitle } from '../../shell/page-title.tsx';
import { BadReleaseTable } from './bad-release-table.tsx';
import { FreezeTable } from './freeze-table.tsx';
import { HoldTable } from './hold-table.tsx';
import { MayOnlyLook } from './may-only-look.tsx';
import { RoleTable } from './role-table.tsx';
import { WaiverTable } from './waiver-table.tsx';

/** What people declared, and who may do what. */
export function Page() {
  return (
    <>
      <PageTitle title="What people declared" />
      <MayOnlyLook />
      <HoldTable />
      <FreezeTable />
      <BadReleaseTable />
      <WaiverTable />
      <RoleTable />
    </>
  );
}
