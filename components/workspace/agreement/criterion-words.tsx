import { i18n } from '../../ui/i18n.ts';
import type { Criterion, LeafCriterion } from '../../../utils/contract/criterion.ts';
import { attributeName, attributeValue } from '../../ui/attribute-words.ts';
import { format, localText, messageName } from '../../ui/language.ts';
import { UserName } from '../../ui/user-text.tsx';
import styles from './criterion-words.module.css';
import { either } from '../words.ts';

/** A criterion as people read it: each part's sentence, and below it exactly what is asked for. */
export function CriterionWords({ criterion }: { criterion: Criterion }) {
  // That all of a list is meant goes without saying.
  const parts = criterion.type === 'all' ? criterion.of : [criterion];
  return (
    <ul className={styles.tree}>
      {parts.map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </ul>
  );
}

function Part({ part }: { part: Criterion }) {
  if (!('of' in part)) {
    return (
      <li className={styles.leaf}>
        <UserName text={localText(part.label)} lines={3} />
        <span className={styles.rule}>
          <UserName text={ruleOf(part)} lines={4} />
        </span>
      </li>
    );
  }
  const of = part.type === 'not' ? [part.of] : part.of;
  return (
    <li className={styles.group}>
      <p className={styles.name}>
        {part.type === 'at-least'
          ? i18n.t('why.atLeast', { count: part.count })
          : i18n.t(`why.group.${part.type}`)}
      </p>
      <ul className={styles.tree}>
        {of.map((child, index) => (
          <Part key={index} part={child} />
        ))}
      </ul>
    </li>
  );
}

function ruleOf(leaf: LeafCriterion): string {
  if (leaf.type === 'confirmation') return i18n.t('agreement.rule.confirmation');
  if (leaf.type === 'attribute') {
    const { test } = leaf;
    const attribute = attributeName(leaf.attribute);
    if ('in' in test)
      return i18n.t('agreement.rule.in', {
        attribute,
        values: either(test.in.map((value) => attributeValue(leaf.attribute, value))),
      });
    if ('matches' in test) {
      return i18n.t('agreement.rule.matches', { attribute, values: either(test.matches) });
    }
    if ('exists' in test) return i18n.t('agreement.rule.exists', { attribute });
    const { min, max } = test.range;
    const bounds = { attribute, min: format().number(min ?? 0), max: format().number(max ?? 0) };
    if (min === undefined) return i18n.t('agreement.rule.max', bounds);
    return max === undefined ? i18n.t('agreement.rule.min', bounds) : i18n.t('agreement.rule.range', bounds);
  }
  const { kinds, campaignKinds, titles, count, withinDays } = leaf;
  return [
    either(kinds.map((kind) => i18n.t(`touchpoint.${kind}`))),
    campaignKinds && either(campaignKinds.map((kind) => i18n.t(`campaignKind.${messageName(kind)}`))),
    titles && i18n.t('agreement.rule.titles', { values: either(titles) }),
    count > 1 && i18n.t('agreement.rule.count', { count: format().number(count) }),
    withinDays !== undefined && i18n.t('agreement.rule.within', { days: format().number(withinDays) }),
  ]
    .filter((text) => text !== undefined && text !== false)
    .join(' · ');
}
