import { useEffect, useRef } from 'react';
import type { Connection } from '../../utils/extension/messages.ts';
import { useOptionsActions } from '../../utils/queries/use-options.ts';
import { ConnectionCard } from '../options/connection-card.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { i18n } from '../ui/i18n.ts';
import { Sparkles } from '../ui/icons.ts';
import { StepButtons } from './step-buttons.tsx';

/** Sign in to a hub, or look at the sample without one. */
export function ConnectStep({ connection, onNext }: { connection: Connection | null; onNext: () => void }) {
  const { signIn, signOut } = useOptionsActions();
  const next = useFocusOnceConnected(connection !== null);
  return (
    <>
      <ConnectionCard
        connection={connection}
        onSignIn={signIn.mutateAsync}
        onSignOut={() => signOut.mutateAsync()}
      />
      {connection === null && (
        <Card title={i18n.t('welcome.sample.title')} text={i18n.t('welcome.sample.text')}>
          <div>
            <Button icon={Sparkles} onClick={onNext}>
              {i18n.t('welcome.sample.try')}
            </Button>
          </div>
        </Card>
      )}
      <StepButtons onNext={onNext} reached={connection !== null} next={next} />
    </>
  );
}

/** The form goes with the sign-in, and the focus would go with it. */
function useFocusOnceConnected(connected: boolean) {
  const next = useRef<HTMLButtonElement>(null);
  const before = useRef(connected);
  useEffect(() => {
    if (connected && !before.current) next.current?.focus();
    before.current = connected;
  }, [connected]);
  return next;
}
