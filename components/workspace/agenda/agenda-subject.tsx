import { i18n } from '../../ui/i18n.ts';
import type { Agenda, AgendaSource } from '../../../utils/contract/agenda.ts';
import { useAgreement } from '../../../utils/queries/use-panel-data.ts';
import { format, localText } from '../../ui/language.ts';
import { ReasonNames } from '../../ui/reason-names.tsx';
import { UserName, UserText } from '../../ui/user-text.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import styles from './agenda.module.css';

type Subjects = Agenda['subjects'];

/** What an item is about, from what the hub knows. */
export function AgendaSubject({ source, subjects }: { source: AgendaSource; subjects: Subjects }) {
  const { number } = format();
  switch (source.kind) {
    case 'reason':
      return <Reason source={source} />;
    case 'campaign': {
      const name =
        subjects.campaigns.find(({ id }) => id === source.campaignId)?.name ?? i18n.t('agenda.gone');
      const { good, bad, rank } = source;
      return (
        <p>
          <strong>
            <UserName text={name} lines={2} />
          </strong>{' '}
          <span className={styles.meta}>
            {i18n.t(`agenda.campaign.${rank}`, { good: number(good), bad: number(bad) })}
          </span>
        </p>
      );
    }
    case 'promises':
      return <Promises source={source} subjects={subjects} />;
    case 'feedback':
      return <Said feedback={subjects.feedback.find(({ id }) => id === source.feedbackId)} />;
  }
}

function Reason({
  source: { reason, count, before },
}: {
  source: Extract<AgendaSource, { kind: 'reason' }>;
}) {
  const answer = useAgreement().data;
  const agreed = answer?.ok ? answer.value.reasons.find(({ id }) => id === reason) : undefined;
  return (
    <p>
      <strong>
        <UserName text={agreed ? localText(agreed.label) : reason} lines={2} />
      </strong>{' '}
      <span className={styles.meta}>
        {i18n.t('agenda.reason.count', count)},{' '}
        {i18n.t('agenda.reason.before', { before: format().number(before) })}
      </span>
    </p>
  );
}

function Promises({
  source: { team, broken, of, ids },
  subjects,
}: {
  source: Extract<AgendaSource, { kind: 'promises' }>;
  subjects: Subjects;
}) {
  const { number, date } = format();
  const examples =
    team === 'sales'
      ? subjects.handOvers.map(({ id, personName, owner, at }) => ({
          id,
          words: [personName, owner?.name],
          at,
        }))
      : subjects.feedback.map(({ id, personName, campaignName, by, at }) => ({
          id,
          words: [personName ?? campaignName, by.name],
          at,
        }));
  const shown = examples.filter(({ id }) => ids.includes(id));
  return (
    <>
      <p>
        <strong>{i18n.t(`agenda.promise.${team}`)}</strong>{' '}
        <span className={styles.meta}>
          {broken === 0
            ? i18n.t('agenda.promise.kept', { of: number(of) })
            : i18n.t('agenda.promise.broken', { broken: number(broken), of: number(of) })}
        </span>
      </p>
      {shown.length > 0 && (
        <ul className={styles.examples}>
          {shown.map(({ id, words, at }) => (
            <li key={id}>
              <UserName text={[...words.filter(Boolean), date(at)].join(' · ')} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Said({ feedback }: { feedback: Subjects['feedback'][number] | undefined }) {
  const answer = useAgreement().data;
  if (!feedback) return <p className={styles.meta}>{i18n.t('agenda.gone')}</p>;
  const { verdict, reasons, comment, by, personName, campaignName, at, reply, waitsFor } = feedback;
  const about = [personName, campaignName, i18n.t('agenda.said', { name: by.name }), format().date(at)];
  return (
    <>
      <div className={styles.said}>
        <VerdictMark verdict={verdict} />
        <ReasonNames ids={reasons} agreement={answer?.ok ? answer.value : undefined} />
      </div>
      {comment && (
        <blockquote className={styles.quote}>
          <UserText text={comment} lines={6} limit={600} />
        </blockquote>
      )}
      {reply && (
        <p className={styles.reply}>
          <UserText text={i18n.t('agenda.reply', { name: reply.by.name, text: reply.text })} />
        </p>
      )}
      <p className={styles.meta}>
        <UserName text={about.filter(Boolean).join(' · ')} lines={2} />
        {waitsFor && <span> {i18n.t(`agenda.waits.${waitsFor}`)}</span>}
      </p>
    </>
  );
}
