import { i18n } from '../ui/i18n.ts';
import type { Consent } from '../../utils/contract/consent.ts';
import { Ban, Check, CircleHelp, FileText, Mail, Phone, type Icon } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { Section } from '../ui/section.tsx';
import { UserName } from '../ui/user-text.tsx';
import styles from './consents.module.css';

const channels: [Consent['channel'], Icon][] = [
  ['email', Mail],
  ['phone', Phone],
  ['post', FileText],
];

/** May I? Per channel, with its basis; what nobody recorded is unknown, never a yes. */
export function Consents({ consents }: { consents: readonly Consent[] }) {
  return (
    <Section title={i18n.t('consent.label')}>
      <dl className={styles.consents}>
        {channels.map(([channel, ChannelIcon]) => {
          const consent = consents.find((known) => known.channel === channel);
          const state = consent?.state ?? 'unknown';
          const StateIcon = state === 'granted' ? Check : state === 'unknown' ? CircleHelp : Ban;
          return (
            <div key={channel} className={styles.row}>
              <dt className={styles.channel}>
                <ChannelIcon size={14} aria-hidden />
                {i18n.t(`consent.${channel}`)}
              </dt>
              <dd className={styles.state} data-consent={state}>
                <StateIcon size={13} strokeWidth={2.5} aria-hidden />
                {i18n.t(`consent.${state}`)}
              </dd>
              {consent && (
                <dd className={styles.basis}>
                  {consent.basis && <UserName text={consent.basis} />}
                  <span>{i18n.t('consent.since', { date: format().date(consent.since) })}</span>
                </dd>
              )}
            </div>
          );
        })}
      </dl>
    </Section>
  );
}
