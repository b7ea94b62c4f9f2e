import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { CalendarClock, Info } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { useNow } from '../../ui/use-now.ts';
import { DownloadButton } from '../download-button.tsx';
import { SignatureList } from './signature-list.tsx';
import facts from '../../ui/facts.module.css';

/** Which version holds, since when, until when, and who has signed it. */
export function AgreementHead({ agreement, renewal }: { agreement: Agreement; renewal?: ReactNode }) {
  const { version, inForceSince, validUntil, signatures } = agreement;
  const expired = Date.parse(validUntil) <= useNow();
  return (
    <Card title={i18n.t('agreement.inForce', { version })}>
      {expired && (
        <Banner tone="warn" icon={CalendarClock}>
          {i18n.t('agreement.expired', { date: format().date(validUntil) })}
        </Banner>
      )}
      {renewal}
      <p className={facts.facts}>
        <span>{i18n.t('agreement.since', { date: format().date(inForceSince) })}</span>
        {!expired && <span>{i18n.t('agreement.validUntil', { date: format().date(validUntil) })}</span>}
      </p>
      {signatures.length > 0 ? (
        <SignatureList signatures={signatures} />
      ) : (
        <Banner tone="info" icon={Info}>
          {i18n.t('agreement.shipped')}
        </Banner>
      )}
      <div>
        <DownloadButton version={version} />
      </div>
    </Card>
  );
}
