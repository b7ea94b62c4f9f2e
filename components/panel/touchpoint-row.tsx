import { useEffect, useRef } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Touchpoint } from '../../utils/contract/touchpoint.ts';
import { Ago } from '../ui/ago.tsx';
import { Bot, Sparkles } from '../ui/icons.ts';
import { messageName } from '../ui/language.ts';
import { UserText } from '../ui/user-text.tsx';
import { channelIcons } from './kind-icons.ts';
import { useMarkedTouchpoint } from './marked-touchpoint.tsx';
import styles from './touchpoint-row.module.css';

/** One thing that happened; what a machine probably did is pale and says so. */
export function TouchpointRow({ touchpoint }: { touchpoint: Touchpoint }) {
  const { id, kind, channel, title, highlight, occurredAt, machine, machineReason, direction } = touchpoint;
  const { marked } = useMarkedTouchpoint();
  const row = useRef<HTMLLIElement>(null);
  const asked = marked?.id === id ? marked.count : 0;
  useEffect(() => {
    if (asked === 0) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.focus({ preventScroll: true });
  }, [asked]);
  const Glyph = machine ? Bot : channelIcons[channel];
  return (
    <li
      ref={row}
      className={styles.row}
      tabIndex={asked > 0 ? -1 : undefined}
      data-marked={asked > 0}
      data-touchpoint={kind}
      data-machine={machine}
      data-inbound={direction === 'inbound' && !machine}
    >
      <Glyph size={13} aria-hidden className={styles.icon} />
      <div>
        <p className={styles.kind}>
          <span className={styles.what}>{i18n.t(`touchpoint.${kind}`)}</span>
          {machine && (
            <span className={styles.machine} title={machineText(machineReason)}>
              {i18n.t('timeline.machine')}
              <span className="visually-hidden">. {machineText(machineReason)}</span>
            </span>
          )}
          <span className={styles.when}>
            <Ago at={occurredAt} />
          </span>
        </p>
        {title && (
          <div className={styles.title}>
            <UserText text={title} lines={2} limit={120} />
          </div>
        )}
        {highlight && (
          <blockquote className={styles.highlight}>
            <Sparkles size={13} aria-hidden />
            <div>
              <span className="visually-hidden">{i18n.t('timeline.highlight')}: </span>
              <UserText text={highlight} />
            </div>
          </blockquote>
        )}
      </div>
    </li>
  );
}

/** That it does not count, and why we think so. */
const machineText = (reason: Touchpoint['machineReason']) =>
  reason === undefined
    ? i18n.t('timeline.machineLong')
    : `${i18n.t('timeline.machineLong')} (${i18n.t(`axis.machine.${messageName(reason)}`)})`;
