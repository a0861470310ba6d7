import { PageTitle } from '../../shell/page-title.tsx';
import { FreezeTable } from './freeze-table.tsx';
import { HoldTable } from './hold-table.tsx';
import { RoleTable } from './role-table.tsx';
import { WaiverTable } from './waiver-table.tsx';

/** What people declared, and who may do what. */
export function Page() {
  return (
    <>
      <PageTitle title="What people declared" />
      <HoldTable />
      <FreezeTable />
      <WaiverTable />
      <RoleTable />
    </>
  );
}
