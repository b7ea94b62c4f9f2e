import { i18n } from '../ui/i18n.ts';
import type { Confirmable, Criterion } from '../../utils/contract/criterion.ts';
import type { CriterionResult } from '../../utils/contract/qualification.ts';
import { CriterionLeaf } from './criterion-leaf.tsx';
import styles from './criterion-tree.module.css';

interface Props {
  result: CriterionResult;
  /** Ids of the leaves that are still needed; others that are not met are pale. */
  needed: ReadonlySet<string>;
  /** What a rep may answer, by the leaf's id. */
  subjects: ReadonlyMap<string, Confirmable>;
  /** Of alternatives that are met, only those that are. */
  onlyReasons?: boolean;
}

/** A criterion as people read it: a list of what is asked for, with a line where alternatives begin. */
export function CriterionTree({ result, onlyReasons = false, ...rest }: Props) {
  return (
    <ul className={styles.tree}>
      <Part result={result} onlyReasons={onlyReasons} isRoot {...rest} />
    </ul>
  );
}

function Part({
  result,
  needed,
  subjects,
  onlyReasons = false,
  isRoot = false,
}: Props & { isRoot?: boolean }) {
  if (!('of' in result)) {
    return (
      <CriterionLeaf
        leaf={result}
        subject={subjects.get(result.id)}
        isOptional={result.state !== 'met' && !needed.has(result.id)}
      />
    );
  }
  const hides = onlyReasons && result.state === 'met' && result.type !== 'not';
  const shown = hides ? result.of.filter(({ state }) => state === 'met') : result.of;
  const parts = shown.map((part, index) => (
    <Part key={index} result={part} needed={needed} subjects={subjects} onlyReasons={onlyReasons} />
  ));
  // That all of a list is meant goes without saying, and so does one of one.
  if ((result.type === 'all' && isRoot) || (hides && result.type !== 'at-least' && shown.length === 1))
    return parts;
  return (
    <li className={styles.group}>
      <p className={styles.name}>
        {result.type === 'at-least'
          ? i18n.t('why.atLeast', { count: result.count ?? 1 })
          : i18n.t(`why.group.${result.type}`)}
      </p>
      <ul className={styles.tree}>{parts}</ul>
    </li>
  );
}

/** The subjects of a criterion's confirmations, by the id of the leaf. */
export function subjectsOf(criterion: Criterion | undefined): Map<string, Confirmable> {
  const subjects = new Map<string, Confirmable>();
  const add = (part: Criterion): void => {
    if (part.type === 'confirmation') subjects.set(part.id, part.subject);
    else if (part.type === 'not') add(part.of);
    else if ('of' in part) part.of.forEach(add);
  };
  if (criterion) add(criterion);
  return subjects;
}
