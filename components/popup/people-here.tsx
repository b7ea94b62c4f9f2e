import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Here } from '../../utils/extension/site-state.ts';
import { siteCommands } from '../../utils/queries/site-commands.ts';
import { useOthers } from '../../utils/queries/use-sites.ts';
import { Button } from '../ui/button.tsx';
import { PanelRightClose, PanelRightOpen } from '../ui/icons.ts';
import { messageName } from '../ui/language.ts';
import { stageIcons } from '../ui/stage-icons.ts';
import { UserName } from '../ui/user-text.tsx';
import styles from './people-here.module.css';

/** Who is on the page: the leads by name, everybody else as a number until the user asks. */
export function PeopleHere({ here, sidePanel }: { here: Here; sidePanel: boolean }) {
  const [asked, setAsked] = useState(false);
  const others = useOthers(asked ? here.tabId : null).data;
  return (
    <div className={styles.people}>
      {here.leads.length === 0 ? (
        <p className={styles.none}>{i18n.t('popup.noLeads')}</p>
      ) : (
        <>
          <h2 className={styles.title}>{i18n.t('popup.leads')}</h2>
          <ul className={styles.list}>
            {here.leads.map(({ key, name, stage }) => (
              <Person key={key} name={name} detail={stage && i18n.t(`stage.short.${stage}`)} stage={stage} />
            ))}
          </ul>
        </>
      )}
      {here.panel && here.tabId !== null && (
        <Button
          look="primary"
          icon={here.panel === 'open' ? PanelRightClose : PanelRightOpen}
          onClick={() => void siteCommands.togglePanel(here.tabId!)}
        >
          {i18n.t(here.panel === 'open' ? 'popup.foldPanel' : 'popup.openPanel')}
        </Button>
      )}
      {sidePanel && here.tabId !== null && (
        <Button
          look="primary"
          icon={PanelRightOpen}
          onClick={() => void siteCommands.openSidePanel(here.tabId!).then(() => window.close())}
        >
          {i18n.t('popup.openSidePanel')}
        </Button>
      )}
      {here.others > 0 && (
        <div className={styles.others}>
          <p>{i18n.t('popup.others', here.others)}</p>
          {others ? (
            <ul className={styles.list}>
              {others.map(({ name, email, role }, index) => (
                <Person
                  key={index}
                  name={name ?? email ?? ''}
                  detail={i18n.t(`role.${messageName(role)}`)}
                  stage={null}
                />
              ))}
            </ul>
          ) : (
            <Button small look="quiet" onClick={() => setAsked(true)}>
              {i18n.t('popup.showOthers')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Person({ name, detail, stage }: { name: string; detail: string | null; stage: StageOf }) {
  const StageIcon = stage && stageIcons[stage];
  return (
    <li className={styles.person}>
      <span className={styles.name}>
        <UserName text={name === '' ? i18n.t('chooser.noName') : name} />
      </span>
      {detail !== null && (
        <span className={styles.detail}>
          {StageIcon && <StageIcon size={13} aria-hidden />}
          {detail}
        </span>
      )}
    </li>
  );
}

type StageOf = Here['leads'][number]['stage'];
