import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { NewInvitation, Role, Team } from '../../utils/contract/session.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './connection-card.module.css';

const NOBODY = { email: '', name: '', role: 'rep', team: 'sales' } as const satisfies NewInvitation;

/** Names somebody who shall be able to sign in. */
export function InviteForm({ onInvite }: { onInvite: (invitation: NewInvitation) => Promise<unknown> }) {
  const [who, setWho] = useState<NewInvitation>(NOBODY);
  const [wrong, setWrong] = useState<'name' | 'email'>();
  const invite = () => {
    const invitation = NewInvitation.safeParse(who);
    const field = invitation.error?.issues[0]?.path[0] === 'name' ? 'name' : 'email';
    setWrong(invitation.success ? undefined : field);
    if (invitation.success) void onInvite(invitation.data).then(() => setWho(NOBODY));
  };
  const errorOf = (field: 'name' | 'email') =>
    wrong === field ? i18n.t(`options.team.wrong.${field}`) : undefined;
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={i18n.t('options.team.invite')}
      onSubmit={(event) => {
        event.preventDefault();
        invite();
      }}
    >
      <TextField
        label={i18n.t('options.team.name')}
        error={errorOf('name')}
        name="inviteName"
        autoComplete="off"
        value={who.name}
        onChange={(event) => setWho({ ...who, name: event.target.value })}
      />
      <TextField
        label={i18n.t('options.team.email')}
        error={errorOf('email')}
        name="inviteEmail"
        type="email"
        autoComplete="off"
        value={who.email}
        onChange={(event) => setWho({ ...who, email: event.target.value })}
      />
      <SelectField
        label={i18n.t('options.team.role')}
        value={who.role}
        onChange={(event) => setWho({ ...who, role: Role.parse(event.target.value) })}
      >
        {Role.options.map((role) => (
          <option key={role} value={role}>
            {i18n.t(`options.connection.role.${role}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={i18n.t('options.team.side')}
        value={who.team}
        onChange={(event) => setWho({ ...who, team: Team.parse(event.target.value) })}
      >
        {Team.options.map((side) => (
          <option key={side} value={side}>
            {i18n.t(`options.team.sides.${side}`)}
          </option>
        ))}
      </SelectField>
      <Button type="submit">{i18n.t('options.team.invite')}</Button>
    </form>
  );
}
