import type { ReactNode } from 'react';
import { i18n } from '../ui/i18n.ts';
import {
  Ban,
  CalendarClock,
  CircleUser,
  MessageCircleQuestion,
  TriangleAlert,
  type Icon,
} from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { UserText } from '../ui/user-text.tsx';
import { useNow } from '../ui/use-now.ts';
import styles from './careful.module.css';
import { shortName } from './clock-view.ts';
import { useLead } from './lead-scope.ts';
import { isSomebodyElses, mailingSoon, questionTo } from './warnings.ts';

/** What the rep must not overlook before writing or calling; nothing at all when there is nothing. */
export function Careful() {
  const { context, me, items } = useLead();
  const now = useNow();
  const { doNotContact, consents, person, agreement } = context;
  const refusals = consents.filter(({ state }) => state !== 'granted');
  const mailing = mailingSoon(context, items, now);
  const question = questionTo(me, items);
  const since = (instant: string) => i18n.t('careful.since', { date: format().date(instant) });
  const lines = [
    doNotContact && (
      <Line key="never" icon={Ban} title={i18n.t('careful.doNotContact')}>
        <UserText text={doNotContact.reason} lines={3} /> <span>{since(doNotContact.since)}</span>
      </Line>
    ),
    ...refusals.map(({ channel, state, since: from }) => (
      <Line
        key={channel}
        icon={TriangleAlert}
        title={i18n.t(`careful.${state === 'denied' ? 'denied' : 'withdrawn'}.${channel}`)}
      >
        {since(from)}
      </Line>
    )),
    question && (
      <Line key="question" icon={MessageCircleQuestion} title={i18n.t('feedback.askedYou')}>
        <UserText text={question} lines={3} limit={160} /> <span>{i18n.t('careful.answerBelow')}</span>
      </Line>
    ),
    isSomebodyElses(context, me) && (
      <Line
        key="owner"
        icon={CircleUser}
        title={i18n.t('careful.otherOwner', { name: shortName(person.owner?.name ?? '') })}
      />
    ),
    mailing && (
      <Line
        key="mailing"
        icon={CalendarClock}
        title={i18n.t('careful.mailing', { when: format().when(mailing.at, now) })}
      >
        <UserText text={mailing.title} lines={2} limit={120} />
      </Line>
    ),
    agreement.expired && (
      <Line key="agreement" icon={TriangleAlert} title={i18n.t('careful.agreementExpired')}>
        {i18n.t('careful.agreementExpiredLong', { date: format().date(agreement.validUntil) })}
      </Line>
    ),
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <section
      className={styles.careful}
      data-severe={doNotContact !== undefined}
      aria-label={i18n.t('careful.label')}
    >
      {lines}
    </section>
  );
}

function Line({ icon: Glyph, title, children }: { icon: Icon; title: string; children?: ReactNode }) {
  return (
    <div className={styles.line}>
      <Glyph size={16} aria-hidden />
      <div>
        <p className={styles.title}>{title}</p>
        {children && <div className={styles.detail}>{children}</div>}
      </div>
    </div>
  );
}
