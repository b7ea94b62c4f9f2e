import { useId, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Here, SiteState } from '../../utils/extension/site-state.ts';
import { siteCommands } from '../../utils/queries/site-commands.ts';
import { Button } from '../ui/button.tsx';
import { Power } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { SelectField } from '../ui/select-field.tsx';
import styles from './switch-on-form.module.css';

interface Props {
  here: Here;
  sites: readonly SiteState[];
}

/** Switches a system on at this address: the one the page was recognised as, or one the user names. */
export function SwitchOnForm({ here, sites }: Props) {
  const announce = useAnnounce();
  const asksId = useId();
  const choices = sites.filter(({ core }) => !core);
  const recognised = choices.find(({ id }) => id === here.site);
  const [chosen, setChosen] = useState(recognised?.id ?? choices.at(-1)?.id ?? '');
  const [problem, setProblem] = useState<string>();
  const say = (text: string) => {
    setProblem(text);
    announce(text);
  };
  const patterns = chosen === here.site || here.pattern === null ? here.patterns : [here.pattern];
  const switchOn = () =>
    siteCommands.switchOn(chosen, patterns).then(
      (granted) => granted || say(i18n.t('popup.refused')),
      () => say(i18n.t('popup.failed')),
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void switchOn();
      }}
    >
      {recognised && <p>{i18n.t('popup.recognised', { site: recognised.label })}</p>}
      <SelectField
        label={i18n.t('popup.which')}
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
      >
        {choices.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </SelectField>
      <Button type="submit" look="primary" icon={Power} aria-describedby={asksId}>
        {i18n.t('popup.switchOn')}
      </Button>
      <p id={asksId} className={styles.hint}>
        {problem ?? i18n.t('popup.asks')}
      </p>
    </form>
  );
}
