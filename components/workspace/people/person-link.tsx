import { UserName } from '../../ui/user-text.tsx';
import { writeAddress } from '../address.ts';
import styles from './person-link.module.css';

/** A name that leads to the person's whole journey. */
export function PersonLink({ id, name }: { id: string; name: string }) {
  return (
    <a className={styles.link} href={writeAddress({ part: 'people', path: [id] })}>
      <UserName text={name} />
    </a>
  );
}
