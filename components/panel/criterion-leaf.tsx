import { i18n } from '../ui/i18n.ts';
import type { Confirmable } from '../../utils/contract/criterion.ts';
import type { CriterionState, LeafResult } from '../../utils/contract/qualification.ts';
import { Check, CircleHelp, Minus, type Icon } from '../ui/icons.ts';
import { localText, messageName } from '../ui/language.ts';
import { UserName } from '../ui/user-text.tsx';
import { ConfirmButtons } from './confirm-buttons.tsx';
import { CriterionEvidence } from './criterion-evidence.tsx';
import styles from './criterion-leaf.module.css';
import { useLead } from './lead-scope.ts';

const signs: Record<CriterionState, Icon> = { met: Check, 'not-met': Minus, unknown: CircleHelp };

interface Props {
  leaf: LeafResult;
  /** What a rep may answer by a click. */
  subject?: Confirmable | undefined;
  /** Something else would do as well, or does already. */
  isOptional?: boolean;
}

/** One thing that is asked for, whether it holds, and what that rests on. */
export function CriterionLeaf({ leaf, subject, isOptional = false }: Props) {
  const answer = useAnswer(subject);
  const state = answer === undefined ? leaf.state : answerState(answer);
  const Sign = signs[state];
  const { wanted = 1, found = 0 } = leaf;
  const why = [
    state === 'unknown' && i18n.t(`why.because.${messageName(leaf.unknownBecause ?? 'no-data')}`),
    state === 'not-met' && wanted > 1 && i18n.t('why.found', { found, wanted }),
  ].filter((text) => text !== false);
  return (
    <li className={styles.leaf} data-criterion={leaf.id} data-state={state} data-optional={isOptional}>
      <span className={styles.sign}>
        <Sign size={12} strokeWidth={3} aria-hidden />
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <p className={styles.label}>
            <UserName text={localText(leaf.label)} lines={3} />
          </p>
          {subject && <ConfirmButtons leaf={leaf} subject={subject} answer={answer} />}
        </div>
        {/* Where it is met, the sign and the evidence say it already. */}
        <p className={state === 'met' ? 'visually-hidden' : styles.state}>
          {[i18n.t(`why.state.${messageName(state)}`), ...why].join(', ')}
        </p>
        {answer === undefined && <CriterionEvidence evidence={leaf.evidence} />}
      </div>
    </li>
  );
}

/** What the user said about a subject and the hub does not know yet; `undefined` when there is nothing. */
function useAnswer(subject: Confirmable | undefined): boolean | null | undefined {
  const { writes } = useLead();
  const entry = writes.findLast(
    ({ state, write }) =>
      state === 'waiting' && write.kind === 'confirmation' && write.body.subject === subject,
  );
  return entry?.write.kind === 'confirmation' ? entry.write.body.confirmed : undefined;
}

const answerState = (answer: boolean | null): CriterionState =>
  answer === null ? 'unknown' : answer ? 'met' : 'not-met';
