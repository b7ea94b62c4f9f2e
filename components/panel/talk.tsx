import { i18n } from '../ui/i18n.ts';
import type { Offer } from '../../utils/contract/planned-touch.ts';
import { ExternalLink, Lightbulb, Sparkles, Tag } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { Section } from '../ui/section.tsx';
import { UserName, UserText } from '../ui/user-text.tsx';
import { useNow } from '../ui/use-now.ts';
import { useLead } from './lead-scope.ts';
import styles from './talk.module.css';
import { TouchpointLink } from './touchpoint-link.tsx';

/** What to talk about: the offers that run, and what marketing suggests to say about its campaigns. */
export function Talk() {
  const { offers, campaigns, touchpoints } = useLead().context;
  const suggestions = campaigns.filter(({ talkingPoints }) => talkingPoints);
  const noted = touchpoints.find(({ highlight }) => highlight);
  if (offers.length === 0 && suggestions.length === 0 && !noted) return null;
  return (
    <Section title={i18n.t('talk.label')}>
      <ul className={styles.list}>
        {offers.map((offer) => (
          <OfferItem key={offer.id} offer={offer} />
        ))}
        {noted?.highlight && (
          <li className={styles.item} data-talk="highlight">
            <Sparkles size={14} aria-hidden className={styles.icon} />
            <div className={styles.body}>
              <p className={styles.label}>{i18n.t('timeline.highlight')}</p>
              <UserText text={noted.highlight} />
              <div className={styles.source}>
                <TouchpointLink
                  touchpoint={{
                    touchpointId: noted.id,
                    touchpointKind: noted.kind,
                    title: noted.title,
                    at: noted.occurredAt,
                    source: noted.source,
                  }}
                />
              </div>
            </div>
          </li>
        )}
        {suggestions.map(({ id, name, talkingPoints }) => (
          <li key={id} className={styles.item} data-talk="points">
            <Lightbulb size={14} aria-hidden className={styles.icon} />
            <div className={styles.body}>
              <p className={styles.label}>{i18n.t('talk.points')}</p>
              <p className={styles.title}>
                <UserName text={name} lines={2} />
              </p>
              <div className={styles.text}>
                <UserText text={talkingPoints ?? ''} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OfferItem({ offer: { title, details, url, validTo } }: { offer: Offer }) {
  const hasEnded = useNow() >= Date.parse(validTo);
  const date = format().date(validTo);
  return (
    <li className={styles.item} data-talk="offer" data-expired={hasEnded}>
      <Tag size={14} aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.label}>
          <time dateTime={validTo}>{i18n.t(hasEnded ? 'talk.expired' : 'talk.validTo', { date })}</time>
        </p>
        <p className={styles.title}>
          <UserName text={title} lines={3} />
        </p>
        {details && (
          <div className={styles.text}>
            <UserText text={details} />
          </div>
        )}
        {url && (
          <a
            className={styles.link}
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={i18n.t('talk.openLink', { title: title.slice(0, 120) })}
          >
            {i18n.t('talk.details')}
            <ExternalLink size={12} aria-hidden />
          </a>
        )}
      </div>
    </li>
  );
}
