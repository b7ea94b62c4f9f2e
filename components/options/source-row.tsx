import { type ReactNode, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { ConnectorDescription, Source } from '../../utils/contract/source.ts';
import { type SourceActions, useSourceCheck } from '../../utils/queries/use-sources.ts';
import { focusOnMount } from '../ui/focus.ts';
import { localText } from '../ui/language.ts';
import { TriangleAlert } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { Fold } from './fold.tsx';
import { SourceButtons } from './source-buttons.tsx';
import { SourceFacts } from './source-facts.tsx';
import { SourceFindings } from './source-findings.tsx';
import { SourceForm } from './source-form.tsx';
import { SourceProgress } from './source-progress.tsx';
import { SourceSignIn } from './source-sign-in.tsx';
import { SourceWebhook } from './source-webhook.tsx';
import { SourceWriteBack } from './source-write-back.tsx';
import { stateIcons, stateWords } from './source-words.ts';
import styles from './source-row.module.css';
import { StatusMapping } from './status-mapping.tsx';

interface Props {
  source: Source;
  /** Undefined: this hub does not know the system any more. */
  connector: ConnectorDescription | undefined;
  actions: SourceActions;
  /** It was added here and now: it gets the focus, and is checked at once. */
  isAdded: boolean;
}

/** One system: how it is doing, and everything that can be done about it. */
export function SourceRow({ source, connector, actions, isAdded }: Props) {
  const announce = useAnnounce();
  const { system, label, state, problem, signedIn, unmapped, webhook } = source;
  const [wanted, setWanted] = useState(isAdded);
  const check = useSourceCheck(system, wanted && signedIn !== false);
  const Glyph = stateIcons[state];
  return (
    <li className={styles.source} data-source={system} data-source-state={state}>
      <div className={styles.head}>
        <h3 className={styles.title} tabIndex={-1} ref={isAdded ? focusOnMount : undefined}>
          {label}
        </h3>
        <span className={styles.state} data-look={state}>
          <Glyph size={14} aria-hidden />
          {stateWords(source)}
        </span>
      </div>
      {problem && (
        <p className={styles.problem}>
          <TriangleAlert size={14} aria-hidden />
          <span>{localText(problem)}</span>
        </p>
      )}
      <SourceFacts source={source} />
      <SourceProgress source={source} />
      {signedIn !== null && (
        <SourceSignIn
          source={source}
          onSignIn={() => {
            setWanted(true);
            return actions.signIn.mutateAsync(system);
          }}
        />
      )}
      <SourceButtons
        source={source}
        actions={actions}
        checking={check.isFetching}
        onCheck={() => (wanted ? void check.refetch() : setWanted(true))}
      />
      <SourceFindings check={check} />
      {connector?.writesFeedback && <SourceWriteBack source={source} onChange={actions.change} />}
      <div>
        {connector && (
          <Fold summary={<Of label={label}>{i18n.t('options.sources.settings')}</Of>}>
            <SourceForm
              connector={connector}
              source={source}
              submit={i18n.t('options.sources.save')}
              onSubmit={(settings) =>
                actions.change.mutateAsync({ system, settings }).then(() => {
                  setWanted(true);
                  announce(i18n.t('options.sources.saved'));
                })
              }
            />
          </Fold>
        )}
        <Fold
          summary={
            <Of label={label}>
              {i18n.t('options.sources.statuses')}
              {unmapped > 0 && (
                <span className={styles.unmapped}>{i18n.t('options.sources.unmapped', unmapped)}</span>
              )}
            </Of>
          }
        >
          <StatusMapping source={source} onSave={actions.map.mutateAsync} />
        </Fold>
        {connector?.webhook && !webhook && (
          <Fold summary={<Of label={label}>{i18n.t('options.sources.webhook')}</Of>}>
            <p>{i18n.t('options.sources.noWebhook', { label })}</p>
          </Fold>
        )}
        {webhook && (
          <Fold summary={<Of label={label}>{i18n.t('options.sources.webhook')}</Of>}>
            <SourceWebhook
              label={label}
              webhook={webhook}
              instructions={connector?.webhook}
              onRenew={() => actions.renewSecret.mutateAsync(system)}
            />
          </Fold>
        )}
      </div>
    </li>
  );
}

/** The same words stand at every system: said aloud they name it. */
function Of({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      {children} <span className="visually-hidden">{label}</span>
    </>
  );
}
