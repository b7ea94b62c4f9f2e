import type { Ref } from 'react';
import { Button } from '../ui/button.tsx';
import { i18n } from '../ui/i18n.ts';
import { ArrowLeft } from '../ui/icons.ts';
import styles from './step-buttons.module.css';

interface Props {
  /** Absent at the first step. */
  onBack?: (() => void) | undefined;
  onNext: () => void;
  /** Whether the step has what it is for; else it is skipped. */
  reached: boolean;
  next?: Ref<HTMLButtonElement>;
}

/** The ways out of a step: there is always one. */
export function StepButtons({ onBack, onNext, reached, next }: Props) {
  return (
    <div className={styles.buttons}>
      {onBack && (
        <Button look="quiet" icon={ArrowLeft} onClick={onBack}>
          {i18n.t('welcome.back')}
        </Button>
      )}
      <Button ref={next} look={reached ? 'primary' : 'secondary'} onClick={onNext}>
        {i18n.t(reached ? 'welcome.next' : 'welcome.skip')}
      </Button>
    </div>
  );
}
