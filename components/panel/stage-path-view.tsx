import { i18n } from '#i18n';
import type { Stage } from '../../utils/contract/stage.ts';
import { stagePath } from '../../utils/domain/stage-path.ts';
import { Check } from '../ui/icons.ts';
import styles from './stage-path-view.module.css';

/** The five steps from first contact to customer; done, present and coming differ in shape, not only in colour. */
export function StagePathView({ stage, label }: { stage: Stage; label?: string }) {
  const { steps, current } = stagePath(stage);
  const name = label ?? i18n.t(`stage.name.${stage}`);
  const spoken =
    current === null
      ? i18n.t('status.offPath', { stage: name })
      : i18n.t('status.path', { step: current + 1, steps: steps.length, stage: name });
  return (
    <div className={styles.path} role="img" aria-label={spoken} data-off-path={current === null}>
      {steps.map((step, index) => {
        const state = current === null || index > current ? 'coming' : index < current ? 'done' : 'present';
        return (
          <span key={step} className={styles.step} data-step={state}>
            <span className={styles.mark}>
              {state === 'done' && <Check size={11} strokeWidth={3.5} aria-hidden />}
            </span>
            <span className={styles.name}>{i18n.t(`stage.short.${step}`)}</span>
          </span>
        );
      })}
    </div>
  );
}
