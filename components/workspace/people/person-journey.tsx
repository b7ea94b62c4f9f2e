import { useId } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { JourneyKind, type JourneyItem } from '../../../utils/contract/people-search.ts';
import { useJourney } from '../../../utils/queries/use-people.ts';
import { Button } from '../../ui/button.tsx';
import { locale, messageName } from '../../ui/language.ts';
import { type Address, setQuery } from '../address.ts';
import { Answered } from '../answered.tsx';
import { withFilter } from '../campaigns/period.ts';
import choices from '../choices.module.css';
import { JourneyRow } from './journey-row.tsx';
import styles from './person-journey.module.css';

/** Everything that happened to somebody and is planned, month by month; the latest first. */
export function PersonJourney({ id, address }: { id: string; address: Address }) {
  const name = useId();
  const titleId = useId();
  const kind = JourneyKind.options.find((one) => one === address.query.get('kind'));
  const journey = useJourney(id, kind);
  return (
    <section className={styles.journey} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        {i18n.t('journey.title')}
      </h2>
      <fieldset className={styles.filter}>
        <legend className="visually-hidden">{i18n.t('journey.filter')}</legend>
        {(['all', ...JourneyKind.options] as const).map((one) => (
          <label key={one} className={choices.choice}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={one === (kind ?? 'all')}
              onChange={() => setQuery(address, withFilter(address.query, 'kind', one, 'all'))}
            />
            {i18n.t(`journey.kind.${messageName(one)}`)}
          </label>
        ))}
      </fieldset>
      <Answered query={journey} loading={i18n.t('journey.loading')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <>
              {items.length === 0 && <p className={styles.empty}>{i18n.t('journey.empty')}</p>}
              {byMonth(items).map(([month, inMonth]) => (
                <section key={month} className={styles.month} aria-label={month}>
                  <h3 className={styles.monthName}>{month}</h3>
                  <ol className={styles.rows}>
                    {inMonth.map((item) => (
                      <JourneyRow key={keyOf(item)} item={item} />
                    ))}
                  </ol>
                </section>
              ))}
              {journey.hasNextPage && (
                <div className={styles.more}>
                  <Button disabled={journey.isFetchingNextPage} onClick={() => void journey.fetchNextPage()}>
                    {i18n.t('journey.more')}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
    </section>
  );
}

/** Items under the name of their month, in the order they come. */
function byMonth(items: readonly JourneyItem[]): [string, JourneyItem[]][] {
  const monthName = new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric' });
  const months = Map.groupBy(items, ({ at }) => monthName.format(new Date(at)));
  return [...months];
}

function keyOf(item: JourneyItem): string {
  switch (item.kind) {
    case 'touchpoint':
      return `touchpoint ${item.touchpoint.id} ${item.at}`;
    case 'stage':
      return `stage ${item.event.id}`;
    case 'hand-over':
      return `hand-over ${item.handOver.id}`;
    case 'follow-up':
      return `follow-up ${item.followUp.id}`;
    case 'feedback':
      return `feedback ${item.feedback.id}`;
    case 'planned':
      return `planned ${item.planned.id}`;
  }
}
