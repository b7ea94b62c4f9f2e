import { useEffect, useRef, useState, type ReactNode } from 'react';
import { i18n } from '../../../ui/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Check, Pencil } from '../../../ui/icons.ts';
import { useAnnounce } from '../../../ui/live-region.tsx';
import styles from './editable-part.module.css';

export type EditablePart = 'stages' | 'reasons' | 'sla' | 'calendars' | 'targets' | 'profile' | 'words';

interface Props {
  part: EditablePart;
  /** Whether this user may change it. */
  editable: boolean;
  /** Whether their draft says something else than what is in force. */
  changed: boolean;
  /** The part to read, with what stands at the end of its heading. */
  read: (aside: ReactNode) => ReactNode;
  /** The same as a form. */
  edit: ReactNode;
}

/** A part of the agreement: to read first, and a form on request. */
export function EditablePart({ part, editable, changed, read, edit }: Props) {
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const toggled = useRef(false);
  const title = i18n.t(`agreement.${part}.title`);
  // The button that was pressed is gone: its place is taken by the other one.
  useEffect(() => {
    if (toggled.current) button.current?.focus();
    toggled.current = false;
  }, [open]);
  const toggle = () => {
    toggled.current = true;
    setOpen(!open);
    announce(i18n.t(open ? 'agreement.edit.closedForm' : 'agreement.edit.openForm', { title }));
  };
  const aside = (
    <span className={styles.aside}>
      {changed && <span className={styles.changed}>{i18n.t('agreement.edit.changed')}</span>}
      {editable && (
        <Button
          small
          ref={button}
          icon={open ? Check : Pencil}
          aria-label={i18n.t(open ? 'agreement.edit.doneLabel' : 'agreement.edit.editLabel', { title })}
          onClick={toggle}
        >
          {i18n.t(open ? 'action.done' : 'agreement.edit.edit')}
        </Button>
      )}
    </span>
  );
  if (!open) return read(aside);
  return (
    <Card anchor={`agreement-${part}`} title={title} aside={aside}>
      {edit}
    </Card>
  );
}
