import styles from './key-list.module.css';

/** Which keys do what. */
export const KeyList = ({ keys }: { keys: readonly (readonly [key: string, meaning: string])[] }) => (
  <dl className={styles.keys}>
    {keys.map(([key, meaning]) => (
      <div key={key} className={styles.row}>
        <dt>
          <kbd className={styles.key}>{key}</kbd>
        </dt>
        <dd>{meaning}</dd>
      </div>
    ))}
  </dl>
);
