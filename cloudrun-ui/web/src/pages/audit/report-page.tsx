import './print.css';
import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { PageTitle } from '../../shell/page-title.tsx';
import { ReportOfPromotion } from './report-of-promotion.tsx';
import { ReportOfSpan } from './report-of-span.tsx';
import { SpanChoice } from './span-choice.tsx';

/** How promotions were decided, for an auditor: on the screen as it will be on paper. */
export function Page() {
  const search = useSearch({ from: '/audit/report' });
  const { promotion } = search;
  return (
    <div data-printable={promotion === undefined ? 'wide' : ''}>
      <PageTitle title={promotion === undefined ? 'How promotions were decided' : `How ${promotion} was decided`}>
        {promotion === undefined && <SpanChoice search={search} />}
        <Button size="xs" variant="filled" data-not-printed="" onClick={() => window.print()}>
          Print
        </Button>
      </PageTitle>
      {promotion === undefined ? <ReportOfSpan search={search} /> : <ReportOfPromotion id={promotion} />}
    </div>
  );
}
