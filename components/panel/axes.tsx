import { useId, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Engagement, Fit, Qualification } from '../../utils/contract/qualification.ts';
import { Bot, ChevronDown, MoveRight, TrendingDown, TrendingUp, type Icon } from '../ui/icons.ts';
import { format, messageName } from '../ui/language.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './axes.module.css';
import { CriterionLeaf } from './criterion-leaf.tsx';
import { TouchpointLink } from './touchpoint-link.tsx';

const tiers = ['zero', 'one', 'two', 'three'] as const;
const arrows: Record<Fit['momentum'], Icon> = {
  rising: TrendingUp,
  steady: MoveRight,
  falling: TrendingDown,
};

/** Fit and engagement side by side, never added up; what each is made of unfolds below. */
export function Axes({ qualification }: { qualification: Qualification }) {
  const { fit, engagement, agreementVersion } = qualification;
  const now = useNow();
  const id = useId();
  const [open, setOpen] = useState<'fit' | 'engagement'>();
  return (
    <div className={styles.axes} role="group" aria-label={i18n.t('axis.label')}>
      {(['fit', 'engagement'] as const).map((axis) => (
        <Axis
          key={axis}
          axis={axis}
          figure={axis === 'fit' ? fit : engagement}
          isOpen={open === axis}
          controls={id}
          onToggle={() => setOpen(open === axis ? undefined : axis)}
        />
      ))}
      {open && (
        <div id={id} className={styles.details}>
          <p className={styles.meaning}>{i18n.t(`axis.${open}Long`)}</p>
          {open === 'fit' ? <FitParts fit={fit} /> : <EngagementParts engagement={engagement} />}
          <p className={styles.meaning}>
            {i18n.t('axis.asOf', { when: format().when({ fit, engagement }[open].asOf, now) })},{' '}
            {i18n.t('status.version', { version: agreementVersion })}
          </p>
        </div>
      )}
    </div>
  );
}

interface AxisProps {
  axis: 'fit' | 'engagement';
  figure: Fit | Engagement;
  isOpen: boolean;
  controls: string;
  onToggle: () => void;
}

function Axis({ axis, figure: { tier, momentum, asOf, expired }, isOpen, controls, onToggle }: AxisProps) {
  const Arrow = arrows[momentum];
  const when = format().when(asOf, useNow());
  return (
    <button
      type="button"
      className={styles.axis}
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      data-axis={axis}
      data-expired={expired}
      onClick={onToggle}
    >
      <span className={styles.name}>
        {i18n.t(`axis.${axis}`)}
        <ChevronDown size={13} aria-hidden className={styles.chevron} />
      </span>
      <span className={styles.figure}>
        <span className={styles.bars} aria-hidden>
          {[1, 2, 3].map((bar) => (
            <span key={bar} className={styles.bar} data-full={bar <= tier} />
          ))}
        </span>
        <span className={styles.tier}>{i18n.t(`axis.tier.${tiers[tier] ?? 'zero'}`)}</span>
      </span>
      {expired ? (
        <span className={styles.note}>{i18n.t('axis.expired', { when })}</span>
      ) : (
        <span className={styles.note} title={i18n.t('axis.asOf', { when })}>
          <Arrow size={13} aria-hidden />
          {i18n.t(`axis.momentum.${momentum}`)}
          <span className="visually-hidden">, {i18n.t('axis.asOf', { when })}</span>
        </span>
      )}
    </button>
  );
}

function FitParts({ fit }: { fit: Fit }) {
  return (
    <ul className={styles.parts}>
      {fit.parts.map(({ result }) => (
        <CriterionLeaf key={result.id} leaf={result} />
      ))}
    </ul>
  );
}

function EngagementParts({ engagement: { parts, excluded } }: { engagement: Engagement }) {
  const count = excluded.reduce((sum, entry) => sum + entry.count, 0);
  return (
    <>
      {parts.length === 0 && <p className={styles.meaning}>{i18n.t('axis.noParts')}</p>}
      <ol className={styles.parts}>
        {parts.map((part) => (
          <li key={part.touchpointId} className={styles.part}>
            <TouchpointLink touchpoint={part} />
            <span className={styles.points}>
              {i18n.t('axis.points', { points: format().number(Math.round(part.points * 10) / 10) })}
            </span>
          </li>
        ))}
      </ol>
      {count > 0 && (
        <p className={styles.excluded}>
          <Bot size={13} aria-hidden />
          <span>
            {i18n.t('axis.excluded', count)}:{' '}
            {excluded
              .map(
                (entry) =>
                  `${i18n.t(`axis.machine.${messageName(entry.reason)}`)} (${format().number(entry.count)})`,
              )
              .join(', ')}
          </span>
        </p>
      )}
    </>
  );
}
