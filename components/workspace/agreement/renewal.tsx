import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement, AgreementVersion } from '../../../utils/contract/agreement.ts';
import { nextEnd, renewalDue } from '../../../utils/domain/renewal-due.ts';
import type { AgreementActions } from '../../../utils/queries/use-agreements.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CalendarClock, RefreshCw } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ProblemBanner } from '../problem-banner.tsx';
import { ValidUntil } from './edit/edit-figures.tsx';
import { documentOf } from './edit/use-agreement-draft.ts';
import styles from './renewal.module.css';

interface Props {
  agreement: Agreement;
  versions: readonly AgreementVersion[];
  /** Whether this user may propose. */
  editable: boolean;
  actions: AgreementActions;
}

/** Once the agreement ends soon, or has ended: the same for another year, in two clicks. */
export function Renewal({ agreement, versions, editable, actions }: Props) {
  const now = useNow();
  const [open, setOpen] = useState(false);
  const due = renewalDue(agreement, now);
  if (!due) return null;
  const waits = versions.some(({ state, basedOn }) => state === 'proposal' && basedOn === agreement.version);
  if (waits) {
    return (
      <Banner tone="info" icon={CalendarClock}>
        {i18n.t('agreement.renewal.waiting')}
      </Banner>
    );
  }
  if (open) return <RenewalForm agreement={agreement} actions={actions} onClose={() => setOpen(false)} />;
  const button = editable && (
    <Button small icon={RefreshCw} onClick={() => setOpen(true)}>
      {i18n.t('agreement.renewal.open')}
    </Button>
  );
  // That it has ended stands above already.
  if (due === 'ended') return <div>{button}</div>;
  return (
    <Banner tone="warn" icon={CalendarClock} action={button}>
      {i18n.t('agreement.renewal.soon', { date: format().date(agreement.validUntil) })}
    </Banner>
  );
}

function RenewalForm({
  agreement,
  actions: { propose },
  onClose,
}: Pick<Props, 'agreement' | 'actions'> & { onClose: () => void }) {
  const announce = useAnnounce();
  const [end, setEnd] = useState(() => nextEnd(agreement, Date.now()));
  const send = () =>
    propose.mutate(
      {
        basedOn: agreement.version,
        text: JSON.stringify({ ...documentOf(agreement), validUntil: end }),
        comment: i18n.t('agreement.renewal.comment'),
      },
      {
        onSuccess: ({ version }) => {
          onClose();
          announce(i18n.t('agreement.propose.done', { version }));
        },
      },
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h3 className={styles.title}>{i18n.t('agreement.renewal.title')}</h3>
      <p>{i18n.t('agreement.renewal.text')}</p>
      <ValidUntil lens={{ value: end, path: '/validUntil', set: setEnd }} />
      {propose.isError && <ProblemBanner error={propose.error} />}
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={propose.isPending}>
          {i18n.t('agreement.renewal.propose')}
        </Button>
        <Button onClick={onClose}>{i18n.t('action.cancel')}</Button>
      </div>
    </form>
  );
}
