import type { Promotion } from '../../api/queries.ts';
import type { Report } from './promotion-queries.ts';
import { StepRow } from './step-row.tsx';
import { failuresOf, isWaitingStep, stepsToTell } from './steps-to-tell.ts';
import styles from './step-timeline.module.css';

interface StepTimelineProps {
  readonly promotion: Promotion;
  /** Undefined: not known yet. */
  readonly report: Report | undefined;
}

/** Every step, in its order: how it went, how long it took, what it waits for, and how it was undone. */
export function StepTimeline({ promotion, report }: StepTimelineProps) {
  return (
    <section aria-label="Steps">
      <h2 className={styles['title']}>Steps</h2>
      <ol className={styles['steps']}>
        {stepsToTell(promotion).map((step) => (
          <StepRow
            key={step.name}
            step={step}
            times={report?.steps.find(({ name }) => name === step.name)}
            failures={failuresOf(step, report?.errors ?? [])}
            waiting={isWaitingStep(step) ? promotion.waiting : null}
          />
        ))}
      </ol>
    </section>
  );
}
