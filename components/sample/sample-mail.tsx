import { initials } from '../../utils/domain/format.ts';
import { i18n } from '../ui/i18n.ts';
import { sampleAddress, sampleMe, sampleName } from './sample-lead.ts';
import styles from './sample-mail.module.css';

/** A mail of the sample's lead, as a mail program shows one. */
export function SampleMail() {
  return (
    <article className={styles.mail} aria-labelledby="sample-subject">
      <header className={styles.head}>
        <span className={styles.tag}>{i18n.t('sample.tag')}</span>
        <h2 id="sample-subject" className={styles.subject}>
          {i18n.t('sample.mail.subject')}
        </h2>
        <div className={styles.from}>
          <span className={styles.avatar} aria-hidden>
            {initials(sampleName)}
          </span>
          <p className={styles.who}>
            <b>{sampleName}</b> <span className={styles.address}>&lt;{sampleAddress}&gt;</span>
            <br />
            <span className={styles.address}>
              {i18n.t('sample.mail.to', { mailbox: sampleMe.user.email })}
            </span>
          </p>
        </div>
      </header>
      <p>{i18n.t('sample.mail.greeting')}</p>
      <p>{i18n.t('sample.mail.first')}</p>
      <p>{i18n.t('sample.mail.second')}</p>
      <p>
        {i18n.t('sample.mail.regards')}
        <br />
        {sampleName}
      </p>
    </article>
  );
}
