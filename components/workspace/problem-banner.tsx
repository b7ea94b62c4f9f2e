import { i18n } from '../ui/i18n.ts';
import { failureOf } from '../../utils/queries/unwrap.ts';
import { Banner } from '../ui/banner.tsx';
import { CircleAlert } from '../ui/icons.ts';
import { messageName } from '../ui/language.ts';
import { UserText } from '../ui/user-text.tsx';
import styles from './problem-banner.module.css';

/** Why the hub refused something: its own words, and each place in what was sent that is wrong. */
export function ProblemBanner({ error }: { error: Error }) {
  const failure = failureOf(error);
  const problem = failure?.problem;
  return (
    <div role="alert">
      <Banner tone="bad" icon={CircleAlert}>
        <UserText
          text={
            problem?.detail ??
            problem?.title ??
            i18n.t(`failure.${messageName(failure?.kind ?? 'bug')}.title`)
          }
        />
        {problem?.errors && problem.errors.length > 0 && (
          <ul className={styles.errors}>
            {problem.errors.map(({ pointer, detail }, index) => (
              <li key={index} className={styles.error}>
                {pointer !== '' && <code className={styles.place}>{placeOf(pointer)}</code>}
                <UserText text={detail} />
              </li>
            ))}
          </ul>
        )}
      </Banner>
    </div>
  );
}

/** A JSON pointer as people read it: `/stages/2/label` → `stages › 2 › label`. */
const placeOf = (pointer: string) =>
  pointer
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');
