import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Diagnostic } from '../../utils/extension/messages.ts';
import type { SiteReport, SiteState } from '../../utils/extension/site-state.ts';
import { readSupportReport, useSupportReport } from '../../utils/queries/use-options.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Check, Copy } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { UserText } from '../ui/user-text.tsx';
import { Fold } from './fold.tsx';
import { SiteReports } from './site-reports.tsx';
import styles from './diagnostics-card.module.css';

interface Props {
  diagnostics: readonly Diagnostic[];
  reports: readonly SiteReport[];
  sites: readonly SiteState[];
}

/** How reading goes and what went wrong lately, for the user to read and to pass on. */
export function DiagnosticsCard({ diagnostics, reports, sites }: Props) {
  const announce = useAnnounce();
  const [result, setResult] = useState<string>();
  const say = (text: string) => {
    setResult(text);
    announce(text);
  };
  const copy = async () => navigator.clipboard.writeText(asText(await readSupportReport()));
  return (
    <Card
      anchor="diagnostics"
      title={i18n.t('options.diagnostics.title')}
      text={i18n.t('options.diagnostics.text')}
    >
      <h3 className={styles.title}>{i18n.t('options.diagnostics.sites')}</h3>
      <SiteReports reports={reports} sites={sites} />
      <h3 className={styles.title}>{i18n.t('options.diagnostics.notes')}</h3>
      {diagnostics.length === 0 ? (
        <p className={styles.empty}>
          <Check size={14} aria-hidden />
          {i18n.t('options.diagnostics.empty')}
        </p>
      ) : (
        <ol className={styles.list}>
          {diagnostics.map(({ at, site, note }, index) => (
            <li key={`${at}-${index}`} className={styles.entry}>
              <p className={styles.head}>
                <time dateTime={at}>{format().moment(at)}</time>
                <span>{site}</span>
              </p>
              <code className={styles.note}>
                <UserText text={note} lines={3} />
              </code>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.copy}>
        <Button
          icon={Copy}
          onClick={() =>
            void copy().then(
              () => say(i18n.t('options.diagnostics.copied')),
              () => say(i18n.t('options.diagnostics.notCopied')),
            )
          }
        >
          {i18n.t('options.diagnostics.copy')}
        </Button>
        <span>{result}</span>
      </div>
      <Fold summary={i18n.t('options.diagnostics.what')}>
        <SupportReport />
      </Fold>
    </Card>
  );
}

/** Exactly what is copied: nobody should pass on what they cannot read. */
function SupportReport() {
  const report = useSupportReport().data;
  return report ? (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: no mouse must be needed for it
    <pre className={styles.report} tabIndex={0} role="region" aria-label={i18n.t('options.diagnostics.what')}>
      {asText(report)}
    </pre>
  ) : null;
}

const asText = (report: unknown) => JSON.stringify(report, null, 2);
