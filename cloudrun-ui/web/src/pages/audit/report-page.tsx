import './print.css';
import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { PageTitle } from '../../shell/page-title.tsx';
import { spanOf } from './report-days.ts';
import { ReportOfPromotion } from './report-of-promotion.tsx';
import { ReportOfSpan } from './report-of-span.tsx';
import { SpanChoice } from './span-choice.tsx';

/** How promotions were decided, for an auditor: on the screen as it will be on paper. */
export function Page() {
  const search = useSearch({ from: '/audit/report' });
  const { promotion } = search;
  // It is about days: of those, the one that it was opened on is today.
  const [now] = useState(() => new Date());
  const span = spanOf(search, now);
  return (
    <div data-printable={promotion === undefined ? 'wide' : ''}>
      <PageTitle title={promotion === undefined ? 'How promotions were decided' : `How ${promotion} was decided`}>
        {promotion === undefined && <SpanChoice search={search} span={span} />}
        <Button size="xs" variant="filled" data-not-printed="" onClick={() => window.print()}>
          Print
        </Button>
      </PageTitle>
      {promotion === undefined ? <ReportOfSpan search={search} span={span} /> : <ReportOfPromotion id={promotion} />}
    </div>
  );
}
