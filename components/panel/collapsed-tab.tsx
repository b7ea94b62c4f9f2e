import { i18n } from '../ui/i18n.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { DockState, LeadOnPage } from '../../utils/extension/messages.ts';
import { PanelLeftOpen, PanelRightOpen } from '../ui/icons.ts';
import { Logo } from '../ui/logo.tsx';
import { stageIcons } from '../ui/stage-icons.ts';
import { useNow } from '../ui/use-now.ts';
import { ClockDial } from './clock-dial.tsx';
import { clockView } from './clock-view.ts';
import styles from './collapsed-tab.module.css';
import { DraftMark, recipientsAmong } from './draft-warnings.tsx';

interface Props {
  tabId: number | undefined;
  /** Where the panel stands in the window. */
  side: DockState['side'];
  leads: readonly LeadOnPage[];
  lead: LeadOnPage | undefined;
  /** Once it is known. */
  context: LeadContext | undefined;
  me: string | undefined;
  onExpand: () => void;
}

/**
 * The panel folded to a strip: still says at which stage the lead is, before any look-up, how the clock stands, and
 * that a recipient of a draft should be thought about.
 */
export function CollapsedTab({ tabId, side, leads, lead, context, me, onExpand }: Props) {
  const stage = context?.stage.stage ?? lead?.stage;
  const StageIcon = stage && stageIcons[stage];
  const now = useNow();
  const clock = context?.handOver ? clockView(context.handOver, now, me) : null;
  return (
    <main className={styles.tab} data-state="collapsed">
      <h1 className="visually-hidden">{i18n.t('extension.name')}</h1>
      <button
        type="button"
        className={styles.button}
        title={i18n.t('panel.expand')}
        aria-expanded={false}
        onClick={onExpand}
      >
        <Logo size={20} />
        <span className="visually-hidden">{i18n.t('panel.expand')}, </span>
        {StageIcon && (
          <span className={styles.stage}>
            <StageIcon size={14} aria-hidden />
            <span className={styles.word}>{i18n.t(`stage.short.${stage}`)}</span>
          </span>
        )}
        {clock && clock.state !== 'met' && (
          <span className={styles.clock} data-clock={clock.state}>
            <ClockDial state={clock.state} share={clock.share} size={22} />
            <span className="visually-hidden">, {i18n.t('clock.label')}: </span>
            <span className={styles.word}>{clock.short}</span>
          </span>
        )}
        {tabId !== undefined &&
          recipientsAmong(leads).map((recipient) => (
            <DraftMark key={recipient.key} tabId={tabId} lead={recipient} />
          ))}
        {side === 'right' ? (
          <PanelRightOpen size={16} aria-hidden />
        ) : (
          <PanelLeftOpen size={16} aria-hidden />
        )}
      </button>
    </main>
  );
}
