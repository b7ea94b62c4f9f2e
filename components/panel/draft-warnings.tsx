import { i18n } from '#i18n';
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
  const recipients = leads.filter(({ role }) => role === 'draft-recipient');
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

function Recipient({ tabId, lead }: { tabId: number; lead: LeadOnPage }) {
  const answer = useLeadContext(tabId, lead).data;
  const me = useConnection().data?.me.user;
  const now = useNow();
  if (!answer?.ok) return null;
  const { context } = answer.value;
  const texts = warningsFor(context, me, now);
  if (texts.length === 0) return null;
  return (
    <li className={styles.warning} data-warning={lead.email}>
      <TriangleAlert size={14} aria-hidden />
      <p>
        <strong>
          <UserName text={context.person.name} />
        </strong>{' '}
        <span>{texts.join(' · ')}</span>
      </p>
    </li>
  );
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
