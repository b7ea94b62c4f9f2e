import { useMemo } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { StageCriteria } from '../../utils/contract/qualification.ts';
import { missingCriteria } from '../../utils/domain/missing-criteria.ts';
import { Section } from '../ui/section.tsx';
import { Axes } from './axes.tsx';
import { CriterionTree, subjectsOf } from './criterion-tree.tsx';
import { useLead } from './lead-scope.ts';
import { RefusedWrites } from './refused-writes.tsx';
import styles from './why.module.css';

/** Why the lead is where it is, what is missing for the next stage, and how well it fits and responds. */
export function Why() {
  const { context, writes, feedback } = useLead();
  const { current, next } = context.qualification;
  const refused = writes.filter(({ state, write }) => state === 'refused' && write.kind === 'confirmation');
  return (
    <Section title={i18n.t('why.label')} part="why">
      <Axes qualification={context.qualification} />
      {current.result && <Criteria criteria={current} isPresent />}
      {next && <Criteria criteria={next} />}
      <RefusedWrites entries={refused} onDiscard={(id) => feedback.discard.mutateAsync(id)} />
    </Section>
  );
}

function Criteria({ criteria, isPresent = false }: { criteria: StageCriteria; isPresent?: boolean }) {
  const { agreement } = useLead();
  const { stage, result, movers } = criteria;
  const agreed = agreement?.stages.find((entry) => entry.stage === stage);
  const subjects = useMemo(() => subjectsOf(agreed?.criteria), [agreed]);
  const needed = useMemo(() => new Set(result ? missingCriteria(result).map(({ id }) => id) : []), [result]);
  const name = i18n.t(`stage.short.${stage}`);
  const title = isPresent ? 'why.here' : result?.state === 'met' ? 'why.nextMet' : 'why.next';
  return (
    <section className={styles.part} data-criteria={isPresent ? 'present' : 'next'}>
      <h3 className={styles.title}>{i18n.t(title, { stage: name })}</h3>
      {result ? (
        <CriterionTree result={result} needed={needed} subjects={subjects} onlyReasons={isPresent} />
      ) : (
        <p className={styles.decision}>{i18n.t(`why.decide.${whoDecides(movers)}`)}</p>
      )}
    </section>
  );
}

function whoDecides(movers: StageCriteria['movers']) {
  const [sales, marketing] = [movers.includes('sales'), movers.includes('marketing')];
  if (sales && marketing) return 'both';
  return sales ? 'sales' : marketing ? 'marketing' : 'nobody';
}
