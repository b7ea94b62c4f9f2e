import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import { i18n } from '#i18n';
import { CircleHelp } from '../ui/icons.ts';
import styles from './stage-definition.module.css';

interface Props {
  label: string;
  definition: string | undefined;
  version: number | undefined;
}

/** What the stage means, in the words both teams signed: one hover, focus or tap away. */
export function StageDefinition({ label, definition, version }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={styles.trigger}
        aria-label={i18n.t('status.meaning', { stage: label })}
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
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={12} className={styles.positioner}>
          {/* The focus stays on the button: there is nothing in here to operate. */}
          <Popover.Popup className={styles.popup} initialFocus={false} finalFocus={false}>
            <Popover.Title className={styles.title}>{label}</Popover.Title>
            <Popover.Description render={<div />} className={styles.text}>
              <bdi>{definition ?? i18n.t('status.noMeaning')}</bdi>
            </Popover.Description>
            {version !== undefined && (
              <p className={styles.version}>{i18n.t('status.agreement', { version })}</p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
