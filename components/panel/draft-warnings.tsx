import { i18n } from '../ui/i18n.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { User } from '../../utils/contract/session.ts';
import type { LeadOnPage } from '../../utils/extension/messages.ts';
import { useConnection, useLeadContext } from '../../utils/queries/use-panel-data.ts';
import { TriangleAlert } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { UserName } from '../ui/user-text.tsx';
import { useNow } from '../ui/use-now.ts';
import { shortName } from './clock-view.ts';
import styles from './draft-warnings.module.css';
import { isSomebodyElses, mailingSoon } from './warnings.ts';

/** Before a draft goes out: which of its recipients the rep should think about once more. */
export function DraftWarnings({ tabId, leads }: { tabId: number; leads: readonly LeadOnPage[] }) {
  const recipients = recipientsAmong(leads);
  if (recipients.length === 0) return null;
  return (
    <section className={styles.warnings} aria-label={i18n.t('draft.label')}>
      <ul>
        {recipients.map((lead) => (
          <Recipient key={lead.key} tabId={tabId} lead={lead} />
        ))}
      </ul>
    </section>
  );
}

export const recipientsAmong = (leads: readonly LeadOnPage[]) =>
  leads.filter(({ role }) => role === 'draft-recipient');

function Recipient({ tabId, lead }: { tabId: number; lead: LeadOnPage }) {
  const warned = useWarnings(tabId, lead);
  if (warned === null) return null;
  return (
    <li className={styles.warning} data-warning={lead.email}>
      <TriangleAlert size={14} aria-hidden />
      <p>
        <strong>
          <UserName text={warned.name} />
        </strong>{' '}
        <span>{warned.texts.join(' · ')}</span>
      </p>
    </li>
  );
}

/** The same for one recipient where there is no room for words: those are read aloud only. */
export function DraftMark({ tabId, lead }: { tabId: number; lead: LeadOnPage }) {
  const warned = useWarnings(tabId, lead);
  if (warned === null) return null;
  return (
    <span className={styles.mark} data-warning={lead.email}>
      <TriangleAlert size={16} aria-hidden />
      <span className="visually-hidden">
        , <UserName text={warned.name} /> {warned.texts.join(' · ')}
      </span>
    </span>
  );
}

function useWarnings(tabId: number, lead: LeadOnPage): { name: string; texts: string[] } | null {
  const answer = useLeadContext(tabId, lead).data;
  const me = useConnection().data?.me.user;
  const now = useNow();
  if (!answer?.ok) return null;
  const { context } = answer.value;
  const texts = warningsFor(context, me, now);
  return texts.length === 0 ? null : { name: context.person.name, texts };
}

function warningsFor(context: LeadContext, me: User | undefined, now: number): string[] {
  const email = context.consents.find(({ channel }) => channel === 'email');
  const mailing = mailingSoon(context, context.feedback, now);
  return [
    context.doNotContact && i18n.t('draft.doNotContact'),
    email && email.state !== 'granted' && i18n.t('draft.optedOut'),
    isSomebodyElses(context, me) &&
      i18n.t('draft.otherOwner', { name: shortName(context.person.owner?.name ?? '') }),
    mailing && i18n.t('draft.mailing', { when: format().when(mailing.at, now) }),
  ].filter((text) => typeof text === 'string');
}
