import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { SiteState } from '../../utils/extension/site-state.ts';
import { siteCommands } from '../../utils/queries/site-commands.ts';
import { Button } from '../ui/button.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './own-address-form.module.css';

/** Switches a system on at an address that only the user knows. */
export function OwnAddressForm({ sites }: { sites: readonly SiteState[] }) {
  const announce = useAnnounce();
  const [chosen, setChosen] = useState<string>();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<string>();
  const site = chosen ?? sites[0]?.id;
  const add = () => {
    const pattern = patternOf(address);
    if (pattern === null || site === undefined) return setProblem(i18n.t('options.sites.invalid'));
    setProblem(undefined);
    return siteCommands.switchOn(site, [pattern]).then(
      (granted) => {
        if (!granted) return setProblem(i18n.t('popup.refused'));
        setAddress('');
        announce(i18n.t('options.sites.added'));
      },
      () => setProblem(i18n.t('popup.failed')),
    );
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h3 className={styles.title}>{i18n.t('options.sites.own')}</h3>
      <SelectField
        label={i18n.t('options.sites.system')}
        value={site}
        onChange={({ target }) => setChosen(target.value)}
      >
        {sites.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label={i18n.t('options.sites.address')}
        placeholder={i18n.t('options.sites.placeholder')}
        error={problem}
        spellCheck={false}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Button type="submit">{i18n.t('options.sites.add')}</Button>
    </form>
  );
}

/** What to ask the browser for, to work at this address; `null` when it is none. */
function patternOf(address: string): string | null {
  const url = URL.parse(address.trim());
  return url !== null && /^https?:$/u.test(url.protocol) && url.hostname !== ''
    ? `${url.protocol}//${url.hostname}/*`
    : null;
}
