import { i18n } from '../../ui/i18n.ts';
import { usePersonContext } from '../../../utils/queries/use-people.ts';
import { LeadView } from '../../panel/lead-view.tsx';
import { ArrowLeft } from '../../ui/icons.ts';
import { type Address, writeAddress } from '../address.ts';
import { Answered } from '../answered.tsx';
import page from '../campaigns/campaign-page.module.css';
import { PersonJourney } from './person-journey.tsx';
import styles from './person-page.module.css';

/** One person: what the panel shows of them, and beside it everything that ever happened. */
export function PersonPage({ id, address }: { id: string; address: Address }) {
  const context = usePersonContext(id);
  return (
    <>
      <a className={page.back} href={writeAddress({ part: 'people' })}>
        <ArrowLeft size={15} aria-hidden />
        {i18n.t('people.back')}
      </a>
      <Answered query={context} loading={i18n.t('people.loading')}>
        {(lead) => (
          <div className={styles.person}>
            <section
              className={styles.panel}
              aria-label={i18n.t('people.panel')}
              data-person-id={lead.person.id}
            >
              <LeadView key={lead.person.id} context={lead} />
            </section>
            <PersonJourney id={lead.person.id} address={address} />
          </div>
        )}
      </Answered>
    </>
  );
}
