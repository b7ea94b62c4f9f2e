import { i18n } from '../ui/i18n.ts';
import type { ProblemName } from '../../utils/contract/problem.ts';
import type { StageState } from '../../utils/contract/stage.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { UsersRound } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { stageLabel } from '../ui/stage-label.ts';
import { UserText } from '../ui/user-text.tsx';
import { useNow } from '../ui/use-now.ts';
import { shortName } from './clock-view.ts';
import { useLead } from './lead-scope.ts';
import styles from './stage-conflict.module.css';

/** `problemType` itself would bring zod into the panel. */
const STAGE_CHANGED = 'urn:tandem:problem:stage-changed' satisfies `urn:tandem:problem:${ProblemName}`;

/** The stage that somebody else moved the lead to before these writes arrived. */
export const newerStage = (refused: readonly OutboxEntry[]): StageState | undefined =>
  refused.find(({ failure }) => failure?.problem?.type === STAGE_CHANGED)?.failure?.problem?.current;

interface Props {
  current: StageState;
  onAnyway: () => void;
  onLeave: () => void;
}

/** Two people moved a lead at once: what the other one did, and the choice that is left. */
export function StageConflict({ current, onAnyway, onLeave }: Props) {
  const text = i18n.t('conflict.text', {
    name: shortName(current.by.name),
    stage: stageLabel(current.stage, useLead().agreement),
    when: format().when(current.since, useNow()),
  });
  return (
    <Banner tone="warn" icon={UsersRound}>
      <UserText text={text} />
      <div className={styles.choice}>
        <Button small onClick={onAnyway}>
          {i18n.t('conflict.anyway')}
        </Button>
        <Button small look="quiet" onClick={onLeave}>
          {i18n.t('conflict.leave')}
        </Button>
      </div>
    </Banner>
  );
}
