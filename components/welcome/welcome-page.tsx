import { useEffect, useRef } from 'react';
import type { FirstRunStep, Settings } from '../../utils/extension/messages.ts';
import { useFirstRun, useGoToStep } from '../../utils/queries/use-first-run.ts';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { useOptionsActions, useSettings } from '../../utils/queries/use-options.ts';
import { useConnection } from '../../utils/queries/use-panel-data.ts';
import { useSites } from '../../utils/queries/use-sites.ts';
import { i18n } from '../ui/i18n.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { Logo } from '../ui/logo.tsx';
import frame from '../ui/page.module.css';
import { AllSet } from './all-set.tsx';
import { ConnectStep } from './connect-step.tsx';
import { GuidedLook } from './guided-look.tsx';
import { MailboxesStep } from './mailboxes-step.tsx';
import { SitesStep } from './sites-step.tsx';
import { StepList } from './step-list.tsx';
import { stepAfter, stepBefore } from './steps.ts';
import styles from './welcome-page.module.css';

/** The first page: connect, choose sites and mailboxes, look around. Goes on where it was left. */
export function WelcomePage() {
  useNotices();
  const step = useFirstRun().data;
  const connection = useConnection().data;
  const settings = useSettings().data;
  const sites = useSites().data;
  const { saveSettings } = useOptionsActions();
  const go = useGoToStep();
  const content = useFocusOnChange(step);
  const loaded = step !== undefined && connection !== undefined && settings && sites;
  const change = (part: Partial<Settings>) =>
    settings ? saveSettings.mutateAsync({ ...settings, ...part }) : Promise.reject(new Error('not loaded'));

  const mailboxNamed = (settings?.mailboxes.length ?? 0) + (connection?.me.workspace.domains.length ?? 0) > 0;
  const reached = { connect: connection !== null, sites: true, mailboxes: mailboxNamed, look: true };

  function body() {
    if (!loaded) return null;
    if (step === 'done')
      return <AllSet me={connection?.me.user} onConnect={() => go('connect')} onLook={() => go('look')} />;
    const before = stepBefore(step);
    const ways = { onBack: () => go(before ?? step), onNext: () => go(stepAfter(step)) };
    switch (step) {
      case 'connect':
        return <ConnectStep connection={connection} onNext={ways.onNext} />;
      case 'sites':
        return <SitesStep sites={sites} settings={settings} onChange={change} {...ways} />;
      case 'mailboxes':
        return (
          <MailboxesStep
            domains={connection?.me.workspace.domains}
            mailboxes={settings.mailboxes}
            reached={mailboxNamed}
            onChange={change}
            {...ways}
          />
        );
      case 'look':
        return <GuidedLook connected={connection !== null} onConnect={() => go('connect')} {...ways} />;
    }
  }

  return (
    <LiveRegion>
      <header className={frame.bar}>
        <span className={frame.name}>
          <Logo size={22} />
          {i18n.t('extension.name')}
        </span>
      </header>
      <main className={frame.main} data-wide={step === 'look'} data-step={loaded ? step : undefined}>
        <h1 className={frame.title}>{i18n.t('welcome.title')}</h1>
        <p className={frame.subtitle}>{i18n.t('welcome.subtitle')}</p>
        {loaded && <StepList step={step} reached={reached} onGo={go} />}
        {loaded && (
          <div
            ref={content}
            tabIndex={-1}
            className={styles.content}
            role="group"
            aria-label={i18n.t(step === 'done' ? 'welcome.step.done' : `welcome.step.${step}`)}
          >
            {body()}
          </div>
        )}
      </main>
    </LiveRegion>
  );
}

/** Who goes to another step goes on from its beginning, not from where a button was that is gone. */
function useFocusOnChange(step: FirstRunStep | undefined) {
  const element = useRef<HTMLDivElement>(null);
  const seen = useRef<FirstRunStep>(undefined);
  useEffect(() => {
    if (seen.current !== undefined && step !== seen.current) {
      window.scrollTo(0, 0);
      element.current?.focus({ preventScroll: true });
    }
    seen.current = step;
  }, [step]);
  return element;
}
