import type { PromotionDetail } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import styles from './approval-panel.module.css';
import type { Report } from './promotion-queries.ts';
import { otherVotes, peopleOfStage, stageStandings, type StageStanding } from './stage-standings.ts';

interface StageListProps {
  readonly approvals: PromotionDetail['approvals'];
  readonly stages: Report['approvals']['stages'];
  /** Whether the promotion has ended: nobody is waited for any more. */
  readonly isOver: boolean;
}

const kinds: Readonly<Record<StageStanding['standing'], StatusKind>> = {
  complete: 'promoted',
  waiting: 'waiting',
  next: 'idle',
};

/** Each stage with how many it takes, who has said yes, and who may; then whoever said no, or spoke of another plan. */
export function StageList({ approvals, stages, isOver }: StageListProps) {
  return (
    <ul className={styles['stages']}>
      {stageStandings(stages, approvals).map(({ stage, approvals: own, standing }) => (
        <li key={stage.name}>
          <StatusMark kind={isOver && standing !== 'complete' ? 'ended' : kinds[standing]}>
            {stage.name}: {own.length} of {stage.minimumApprovals}
          </StatusMark>{' '}
          {standing !== 'complete' && <span className="quiet">for {peopleOfStage(stage)}</span>}
          {own.map((approval) => (
            <Vote key={`${approval.by} ${approval.at}`} approval={approval} />
          ))}
        </li>
      ))}
      {otherVotes(approvals).map((approval) => (
        <li key={`${approval.stage} ${approval.by} ${approval.at}`}>
          <Vote approval={approval} />
        </li>
      ))}
    </ul>
  );
}

function Vote({ approval }: { readonly approval: PromotionDetail['approvals'][number] }) {
  const { by, saidBy, decision, stage, at, isOverThisPlan, comment } = approval;
  return (
    <div>
      <StatusMark kind={decision === 'rejected' ? 'failed' : isOverThisPlan ? 'promoted' : 'ended'} isQuiet>
        {by} {decision}
      </StatusMark>{' '}
      <span className="quiet">
        for {stage}, <When at={at} />
        {saidBy !== null && <>, said by {saidBy}</>}
        {!isOverThisPlan && ', of a plan that is no longer this one'}
        {comment !== null && <>: “{comment}”</>}
      </span>
    </div>
  );
}
