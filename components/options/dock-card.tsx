import { i18n } from '../ui/i18n.ts';
import type { Settings } from '../../utils/extension/messages.ts';
import { Card } from '../ui/card.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { SwitchField } from './switch-field.tsx';
import styles from './dock-card.module.css';

type Dock = Settings['dock'];
const SIDES = ['right', 'left'] as const;
const DENSITIES = ['comfortable', 'compact'] as const;
/** What suits most windows; dragging the panel's edge gives any other. */
const WIDTHS = { narrow: 320, normal: 360, wide: 440, widest: 560 } as const;

type Shown = Pick<Settings, 'dock' | 'badges' | 'sidePanel'>;

interface Props {
  settings: Shown;
  onChange: (change: Partial<Shown>) => Promise<unknown>;
}

/** How the panel and the marks stand in pages. Open pages follow at once. */
export function DockCard({ settings: { dock, badges, sidePanel }, onChange }: Props) {
  const announce = useAnnounce();
  const change = (part: Partial<Dock>) =>
    void onChange({ dock: { ...dock, ...part } }).catch(() => announce(i18n.t('options.notSaved')));
  const widths = Object.entries(WIDTHS) as [keyof typeof WIDTHS, number][];
  return (
    <Card anchor="dock" title={i18n.t('options.dock.title')} text={i18n.t('options.dock.text')}>
      <div className={styles.row}>
        <SelectField
          label={i18n.t('options.dock.side')}
          value={dock.side}
          onChange={({ target }) => change({ side: target.value as Dock['side'] })}
        >
          {SIDES.map((side) => (
            <option key={side} value={side}>
              {i18n.t(`options.dock.sides.${side}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={i18n.t('options.dock.width')}
          value={dock.width}
          onChange={({ target }) => change({ width: Number(target.value) })}
        >
          {widths.map(([name, width]) => (
            <option key={name} value={width}>
              {i18n.t(`options.dock.widths.${name}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={i18n.t('options.dock.density')}
          value={dock.density}
          onChange={({ target }) => change({ density: target.value as Dock['density'] })}
        >
          {DENSITIES.map((density) => (
            <option key={density} value={density}>
              {i18n.t(`options.dock.densities.${density}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <SwitchField
        label={i18n.t('options.sidePanel.use')}
        hint={i18n.t('options.sidePanel.hint')}
        on={sidePanel}
        onChange={(sidePanel) => onChange({ sidePanel })}
      />
      <SwitchField
        label={i18n.t('options.badges.show')}
        hint={i18n.t('options.badges.hint')}
        on={badges}
        onChange={(badges) => onChange({ badges })}
      />
    </Card>
  );
}
