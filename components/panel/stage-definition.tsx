import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { CircleHelp } from '../ui/icons.ts';
import { localText } from '../ui/language.ts';
import popup from '../ui/popup.module.css';
import { stageLabel } from '../ui/stage-label.ts';
import styles from './stage-definition.module.css';

interface Props {
  stage: Stage;
  agreement: Agreement | undefined;
}

/** What the present stage means, in the words both teams signed: one hover, focus or tap away. */
export function StageDefinition({ stage, agreement }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={styles.trigger}
        aria-label={i18n.t('status.meaning', { stage: stageLabel(stage, agreement) })}
        openOnHover
        delay={150}
        closeDelay={100}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) setOpen(true);
        }}
        onBlur={() => setOpen(false)}
      >
        <CircleHelp size={15} aria-hidden />
      </Popover.Trigger>
      <DefinitionPopup stage={stage} agreement={agreement} />
    </Popover.Root>
  );
}

/** The definition itself, beside what opened it. */
export function DefinitionPopup({ stage, agreement, isPresent = false }: Props & { isPresent?: boolean }) {
  const agreed = agreement?.stages.find((entry) => entry.stage === stage);
  return (
    <Popover.Portal>
      <Popover.Positioner sideOffset={6} collisionPadding={12} className={popup.positioner}>
        {/* The focus stays on the button: there is nothing in here to operate. */}
        <Popover.Popup className={popup.popup} initialFocus={false} finalFocus={false}>
          <Popover.Title className={popup.title}>{stageLabel(stage, agreement)}</Popover.Title>
          <Popover.Description render={<div />} className={styles.text}>
            <bdi>{agreed ? localText(agreed.definition) : i18n.t('status.noMeaning')}</bdi>
          </Popover.Description>
          {agreement && (
            <p className={styles.version}>
              {isPresent && <>{i18n.t('status.present')} </>}
              {i18n.t('status.agreement', { version: agreement.version })}
            </p>
          )}
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  );
}
