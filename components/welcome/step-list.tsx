import type { FirstRunStep } from '../../utils/extension/messages.ts';
import { i18n } from '../ui/i18n.ts';
import { Check } from '../ui/icons.ts';
import styles from './step-list.module.css';
import { type Step, steps } from './steps.ts';

interface Props {
  step: FirstRunStep;
  /** Which steps have what they are for; the others were skipped, or are still to come. */
  reached: Record<Step, boolean>;
  onGo: (step: Step) => void;
}

/** Where the user is; every step can be gone to. */
export function StepList({ step, reached, onGo }: Props) {
  const present = step === 'done' ? steps.length : steps.indexOf(step);
  return (
    <nav aria-label={i18n.t('welcome.steps')}>
      <ol className={styles.steps}>
        {steps.map((name, index) => {
          const isDone = index < present && reached[name];
          return (
            <li key={name} className={styles.item}>
              <button
                type="button"
                className={styles.step}
                data-done={isDone}
                aria-current={index === present ? 'step' : undefined}
                onClick={() => onGo(name)}
              >
                <span className={styles.number} aria-hidden>
                  {isDone ? <Check size={14} /> : index + 1}
                </span>
                {i18n.t(`welcome.step.${name}`)}
                {isDone && <span className="visually-hidden"> ({i18n.t('welcome.stepDone')})</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
