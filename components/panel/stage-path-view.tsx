import { i18n } from '../ui/i18n.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { stagePath } from '../../utils/domain/stage-path.ts';
import { Check } from '../ui/icons.ts';
import styles from './stage-path-view.module.css';

type StepState = 'done' | 'present' | 'coming';

export const stepState = (index: number, current: number | null): StepState =>
  current === null || index > current ? 'coming' : index < current ? 'done' : 'present';

/** Where on the path a stage is, in words. */
export function pathWords(stage: Stage, label: string): string {
  const { steps, current } = stagePath(stage);
  return current === null
    ? i18n.t('status.offPath', { stage: label })
    : i18n.t('status.path', { step: current + 1, steps: steps.length, stage: label });
}

/** The five steps from first contact to customer, before the agreement's words for them are known. */
export function StagePathView({ stage }: { stage: Stage }) {
  const { steps, current } = stagePath(stage);
  return (
    <div
      className={styles.path}
      role="img"
      aria-label={pathWords(stage, i18n.t(`stage.name.${stage}`))}
      data-off-path={current === null}
    >
      {steps.map((step, index) => (
        <span key={step} className={styles.step} data-step={stepState(index, current)}>
          <StepMark step={step} state={stepState(index, current)} />
        </span>
      ))}
    </div>
  );
}

/** Done, present and coming differ in shape, not only in colour. */
export function StepMark({ step, state }: { step: Stage; state: StepState }) {
  return (
    <>
      <span className={styles.mark}>
        {state === 'done' && <Check size={11} strokeWidth={3.5} aria-hidden />}
      </span>
      <span className={styles.name}>{i18n.t(`stage.short.${step}`)}</span>
    </>
  );
}
