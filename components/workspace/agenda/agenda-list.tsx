import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { AgendaSummary } from '../../../utils/contract/agenda.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import { useAgendaActions, useAgendas } from '../../../utils/queries/use-agendas.ts';
import { Ago } from '../../ui/ago.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import facts from '../../ui/facts.module.css';
import { CloudOff, Plus } from '../../ui/icons.ts';
import { format, messageName } from '../../ui/language.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useNow } from '../../ui/use-now.ts';
import { UserName } from '../../ui/user-text.tsx';
import { goTo, writeAddress } from '../address.ts';
import entries from '../entries.module.css';
import { ProblemBanner } from '../problem-banner.tsx';
import styles from './agenda.module.css';
import { Failed } from './agenda-view.tsx';

/** So many months one may still want to talk about. */
const MONTHS = 6;

/** Agendas that were kept, and the way to make one. */
export function AgendaList({ editable }: { editable: boolean }) {
  const { data: agendas, error, refetch } = useAgendas();
  if (!agendas && error) {
    return <Failed kind={failureOf(error)?.kind ?? 'bug'} onRetry={() => void refetch()} />;
  }
  return (
    <div className={styles.view} data-state={agendas ? 'success' : 'pending'}>
      {editable && <MakeAgenda agendas={agendas ?? []} />}
      <Card title={i18n.t('agenda.list.title')}>
        {error && (
          <Banner tone="warn" icon={CloudOff}>
            {i18n.t(`failure.${messageName(failureOf(error)?.kind ?? 'bug')}.title`)}
          </Banner>
        )}
        {!agendas && <Skeleton width="100%" height="4rem" />}
        {agendas?.length === 0 && <p>{i18n.t('agenda.list.empty')}</p>}
        <ol className={entries.list}>
          {agendas?.map((agenda) => (
            <Row key={agenda.id} agenda={agenda} />
          ))}
        </ol>
      </Card>
    </div>
  );
}

function Row({
  agenda: { id, month, total, done, decisions, changedBy, changedAt },
}: {
  agenda: AgendaSummary;
}) {
  const { number } = format();
  return (
    <li className={entries.entry} data-agenda-id={id}>
      <h3 className={entries.title}>
        <a href={writeAddress({ part: 'agenda', path: [id] })}>{monthName(month)}</a>
      </h3>
      <p className={facts.facts}>
        <span>{i18n.t('agenda.list.progress', { done: number(done), total: number(total) })}</span>
        <span>{i18n.t('agenda.list.decisions', decisions)}</span>
        <span>
          <UserName text={i18n.t('agenda.changedBy', { name: changedBy.name })} /> <Ago at={changedAt} />
        </span>
      </p>
    </li>
  );
}

function MakeAgenda({ agendas }: { agendas: readonly AgendaSummary[] }) {
  const { make } = useAgendaActions();
  const months = lastMonths(useNow());
  const [chosen, setChosen] = useState<string>();
  // The month that has just ended is what most meetings are about.
  const month = chosen ?? months[1] ?? '';
  const exists = agendas.some((agenda) => agenda.month === month);
  return (
    <Card title={i18n.t('agenda.make.title')} text={i18n.t('agenda.make.text')}>
      <form
        className={styles.make}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(month, { onSuccess: ({ id }) => goTo({ part: 'agenda', path: [id] }) });
        }}
      >
        <SelectField
          label={i18n.t('agenda.make.month')}
          value={month}
          onChange={({ target }) => setChosen(target.value)}
        >
          {months.map((each) => (
            <option key={each} value={each}>
              {monthName(each)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" look="primary" {...(!exists && { icon: Plus })} disabled={make.isPending}>
          {i18n.t(exists ? 'agenda.make.open' : 'agenda.make.button')}
        </Button>
      </form>
      {make.isError && <ProblemBanner error={make.error} />}
    </Card>
  );
}

/** "October 2026". */
export const monthName = (month: string) => format().month(`${month}-01T00:00:00.000Z`);

function lastMonths(now: number): string[] {
  const at = new Date(now);
  return Array.from({ length: MONTHS }, (_, months) =>
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months)).toISOString().slice(0, 7),
  );
}
