import { i18n } from '../ui/i18n.ts';
import { useLead } from './lead-scope.ts';
import { PlannedTouchRow } from './planned-touch-row.tsx';
import styles from './planned-touches.module.css';

/** What this lead is due to receive, before it goes out. */
export function PlannedTouches() {
  const { plannedTouches } = useLead().context;
  if (plannedTouches.length === 0) return null;
  return (
    <section className={styles.planned} aria-labelledby="planned">
      <h3 id="planned" className={styles.title}>
        {i18n.t('planned.label')}
      </h3>
      <ol className={styles.list}>
        {plannedTouches.map((touch) => (
          <PlannedTouchRow key={touch.id} touch={touch} />
        ))}
      </ol>
    </section>
  );
}
