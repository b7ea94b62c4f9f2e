import type { Settings } from '../../utils/extension/messages.ts';
import { useSuggestedMailboxes } from '../../utils/queries/use-first-run.ts';
import { MailboxesCard } from '../options/mailboxes-card.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { i18n } from '../ui/i18n.ts';
import { Plus } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './mailboxes-step.module.css';
import { StepButtons } from './step-buttons.tsx';

interface Props {
  /** The workspace's; absent while signed out. */
  domains: readonly string[] | undefined;
  mailboxes: readonly string[];
  reached: boolean;
  onChange: (change: Partial<Settings>) => Promise<unknown>;
  onBack: () => void;
  onNext: () => void;
}

/** In which mailboxes the panel may work; those that are known are offered. */
export function MailboxesStep({ domains, mailboxes, reached, onChange, onBack, onNext }: Props) {
  const announce = useAnnounce();
  const suggested = useSuggestedMailboxes().data ?? [];
  const add = (mailbox: string) =>
    void onChange({ mailboxes: [...mailboxes, mailbox] }).then(
      () => announce(i18n.t('options.list.added')),
      () => announce(i18n.t('options.notSaved')),
    );
  return (
    <>
      <MailboxesCard
        domains={domains}
        mailboxes={mailboxes}
        onChange={(changed) => onChange({ mailboxes: changed })}
      />
      <Card title={i18n.t('welcome.suggested.title')} text={i18n.t('welcome.suggested.text')}>
        {suggested.length > 0 && (
          <ul className={styles.suggested}>
            {suggested.map((mailbox) => (
              <li key={mailbox}>
                <Button icon={Plus} className={styles.add} onClick={() => add(mailbox)}>
                  {i18n.t('welcome.suggested.add', { mailbox })}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <StepButtons onBack={onBack} onNext={onNext} reached={reached} />
    </>
  );
}
