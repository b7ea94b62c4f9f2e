import { i18n } from '../../ui/i18n.ts';
import type { AgreementVersion } from '../../../utils/contract/agreement.ts';
import { Card } from '../../ui/card.tsx';
import { format, messageName } from '../../ui/language.ts';
import { UserName, UserText } from '../../ui/user-text.tsx';
import facts from '../../ui/facts.module.css';
import styles from './agreement-versions.module.css';
import { DownloadButton } from '../download-button.tsx';
import entries from '../entries.module.css';
import { CompareVersions } from './compare-versions.tsx';
import { SignatureList } from './signature-list.tsx';

/** Every version there ever was, and what became of it. */
export function AgreementVersions({ versions }: { versions: readonly AgreementVersion[] }) {
  return (
    <Card
      anchor="agreement-versions"
      title={i18n.t('agreement.versions.title')}
      text={i18n.t('agreement.versions.text')}
    >
      <ol className={entries.list}>
        {versions.map((version) => (
          <Version key={version.version} version={version} />
        ))}
      </ol>
      <CompareVersions versions={versions} />
    </Card>
  );
}

function Version({ version: row }: { version: AgreementVersion }) {
  const { version, state, proposedBy, proposedAt, comment, signatures, rejected } = row;
  const { inForceSince, inForceUntil } = row;
  const { date } = format();
  return (
    <li className={entries.entry} data-version={version} data-state={state}>
      <h3 className={entries.title}>
        {i18n.t('agreement.version', { version })}
        <span className={styles.state}>{i18n.t(`agreement.versions.${messageName(state)}`)}</span>
      </h3>
      <p className={facts.facts}>
        <span>
          {proposedBy
            ? i18n.t('agreement.versions.proposedBy', { name: proposedBy.name, date: date(proposedAt) })
            : i18n.t('agreement.versions.shipped')}
        </span>
        {inForceSince && <span>{i18n.t('agreement.since', { date: date(inForceSince) })}</span>}
        {inForceUntil && <span>{i18n.t('agreement.versions.until', { date: date(inForceUntil) })}</span>}
        {rejected && (
          <span>
            <UserName
              text={i18n.t('agreement.versions.rejectedBy', {
                name: rejected.by.name,
                date: date(rejected.at),
              })}
            />
          </span>
        )}
      </p>
      {comment && <UserText text={comment} />}
      {rejected?.comment && <UserText text={rejected.comment} />}
      {signatures.length > 0 && <SignatureList signatures={signatures} />}
      <div>
        <DownloadButton version={version} small />
      </div>
    </li>
  );
}
