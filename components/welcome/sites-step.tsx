import type { Settings } from '../../utils/extension/messages.ts';
import type { SiteState } from '../../utils/extension/site-state.ts';
import { SitesCard } from '../options/sites-card.tsx';
import { StepButtons } from './step-buttons.tsx';

interface Props {
  sites: readonly SiteState[];
  settings: Settings;
  onChange: (change: Partial<Settings>) => Promise<unknown>;
  onBack: () => void;
  onNext: () => void;
}

/** Where Tandem may read pages. The mail sites are on from the start. */
export function SitesStep({ sites, settings, onChange, onBack, onNext }: Props) {
  return (
    <>
      <SitesCard
        sites={sites}
        onCore={(id, on) => {
          const others = settings.sitesOff.filter((off) => off !== id);
          return onChange({ sitesOff: on ? others : [...others, id] });
        }}
      />
      <StepButtons onBack={onBack} onNext={onNext} reached />
    </>
  );
}
