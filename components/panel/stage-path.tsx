import { Popover } from '@base-ui/react/popover';
import { useId, useState, type KeyboardEvent } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { stagePath } from '../../utils/domain/stage-path.ts';
import { stageLabel } from '../ui/stage-label.ts';
import { DefinitionPopup } from './stage-definition.tsx';
import { pathWords, StepMark, stepState } from './stage-path-view.tsx';
import styles from './stage-path-view.module.css';

const moves: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * The path with what each of its steps means. One stop of the Tab key for all five: the arrow keys go from
 * step to step, and a step that has the focus, is hovered or tapped says its definition.
 */
export function StagePath({ stage, agreement }: { stage: Stage; agreement: Agreement | undefined }) {
  const { steps, current } = stagePath(stage);
  const id = useId();
  const [tabStop, setTabStop] = useState(current ?? 0);
  const [shown, setShown] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = moves[event.key]?.(tabStop, steps.length - 1);
    if (next === undefined || next < 0 || next >= steps.length) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <Popover.Root<Stage>
      open={shown !== null}
      triggerId={shown}
      onOpenChange={(open, { trigger }) => setShown(open ? (trigger?.id ?? null) : null)}
    >
      {({ payload }) => (
        <>
          <p className="visually-hidden">{pathWords(stage, stageLabel(stage, agreement))}</p>
          <div
            className={styles.path}
            role="toolbar"
            tabIndex={-1}
            aria-label={i18n.t('status.steps')}
            data-off-path={current === null}
            onKeyDown={onKeyDown}
          >
            {steps.map((step, index) => (
              <Popover.Trigger
                key={step}
                id={`${id}${index}`}
                payload={step}
                className={styles.step}
                data-step={stepState(index, current)}
                aria-current={index === current ? 'step' : undefined}
                tabIndex={index === tabStop ? 0 : -1}
                openOnHover
                delay={150}
                closeDelay={100}
                onFocus={(event) => {
                  setTabStop(index);
                  if (event.currentTarget.matches(':focus-visible')) setShown(event.currentTarget.id);
                }}
                onBlur={() => setShown(null)}
              >
                <StepMark step={step} state={stepState(index, current)} />
              </Popover.Trigger>
            ))}
          </div>
          {payload && <DefinitionPopup stage={payload} agreement={agreement} isPresent={payload === stage} />}
        </>
      )}
    </Popover.Root>
  );
}
