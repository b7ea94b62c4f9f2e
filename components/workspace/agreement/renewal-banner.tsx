import { i18n } from '../../ui/i18n.ts';
import { renewalDue } from '../../../utils/domain/renewal-due.ts';
import { useAgreement } from '../../../utils/queries/use-panel-data.ts';
import { Banner } from '../../ui/banner.tsx';
import { CalendarClock } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { useNow } from '../../ui/use-now.ts';
import { writeAddress } from '../address.ts';
import styles from './renewal.module.css';

/** On every other page: that the agreement ends, for both teams. */
export function RenewalBanner() {
  const answer = useAgreement().data;
  const now = useNow();
  const agreement = answer?.ok ? answer.value : null;
  const due = agreement && renewalDue(agreement, now);
  if (!due) return null;
  return (
    <div className={styles.banner} data-renewal={due}>
      <Banner
        tone={due === 'ended' ? 'bad' : 'warn'}
        icon={CalendarClock}
        action={<a href={writeAddress({ part: 'agreement' })}>{i18n.t('agreement.renewal.look')}</a>}
      >
        {i18n.t(`agreement.renewal.${due}`, { date: format().date(agreement.validUntil) })}
      </Banner>
    </div>
  );
}
