import type { Person } from '../../utils/contract/person.ts';
import { initials } from '../../utils/domain/format.ts';
import { i18n } from '../ui/i18n.ts';
import { CircleUser, Globe, Mail, Phone, type Icon } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { UserName } from '../ui/user-text.tsx';
import styles from './who.module.css';

/** Who the lead is, and whose. */
export function Who({ person }: { person: Person }) {
  const { name, title, company, owner, country, phone, emails } = person;
  return (
    <section className={styles.who} data-part="who" aria-label={i18n.t('who.label')}>
      <span className={styles.avatar} aria-hidden>
        {initials(name)}
      </span>
      <div className={styles.lines}>
        <h1 className={styles.name}>
          <UserName text={name} lines={2} />
        </h1>
        {title && <Line text={title} />}
        {company && <Line text={company} strong />}
        <dl className={styles.facts}>
          <Fact
            icon={CircleUser}
            label={i18n.t('who.owner')}
            text={owner?.name ?? i18n.t('who.noOwner')}
            quiet={!owner}
          />
          {country && <Fact icon={Globe} label={i18n.t('who.country')} text={format().country(country)} />}
          {emails[0] && <Fact icon={Mail} label={i18n.t('consent.email')} text={emails[0]} />}
          {phone && <Fact icon={Phone} label={i18n.t('who.phone')} text={phone} />}
        </dl>
      </div>
    </section>
  );
}

function Line({ text, strong = false }: { text: string; strong?: boolean }) {
  return (
    <p className={strong ? styles.company : styles.title}>
      <UserName text={text} lines={2} />
    </p>
  );
}

function Fact({
  icon: Glyph,
  label,
  text,
  quiet = false,
}: {
  icon: Icon;
  label: string;
  text: string;
  quiet?: boolean;
}) {
  return (
    <div className={styles.fact} title={label}>
      <dt>
        <Glyph size={13} aria-hidden />
        <span className="visually-hidden">{label}</span>
      </dt>
      <dd className={quiet ? styles.quiet : undefined}>
        <UserName text={text} />
      </dd>
    </div>
  );
}
