import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { Role, type User } from '../../utils/contract/session.ts';
import type { useTeamActions } from '../../utils/queries/use-team.ts';
import { failureOf } from '../../utils/queries/unwrap.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Trash } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { UserName } from '../ui/user-text.tsx';
import styles from './entry-list.module.css';
import { InviteForm } from './invite-form.tsx';
import team from './team-card.module.css';

interface Props {
  me: User;
  users: readonly User[];
  actions: ReturnType<typeof useTeamActions>;
}

/** For administrators: who works here, as what, and how others get in. */
export function TeamCard({ me, users, actions }: Props) {
  const announce = useAnnounce();
  const [said, setSaid] = useState<string>();
  const [removing, setRemoving] = useState<string>();
  const say = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const fail = (error: unknown) =>
    say(i18n.t(failureOf(error)?.kind === 'conflict' ? 'options.team.lastAdmin' : 'verdict.notSaved'));
  const codeFor = (name: string, code: string) => i18n.t('options.team.codeFor', { name, code });

  return (
    <Card anchor="team" title={i18n.t('options.team.title')} text={i18n.t('options.team.text')}>
      <ul className={styles.list} data-team>
        {users.map(({ id, name, email, role }) => (
          <li key={id} className={`${styles.entry} ${team.user}`}>
            <span className={styles.text}>
              <UserName text={name} /> <span className={styles.empty}>{email}</span>
            </span>
            <select
              className={team.role}
              aria-label={i18n.t('options.team.roleOf', { name })}
              value={role}
              onChange={(event) =>
                void actions.patchUser
                  .mutateAsync({ id, body: { role: Role.parse(event.target.value) } })
                  .then(() => say(i18n.t('options.team.changed', { name })), fail)
              }
            >
              {Role.options.map((option) => (
                <option key={option} value={option}>
                  {i18n.t(`options.connection.role.${option}`)}
                </option>
              ))}
            </select>
            <Button
              small
              aria-label={i18n.t('options.team.makeCodeFor', { name })}
              onClick={() =>
                void actions.makeCode.mutateAsync(id).then((code) => say(codeFor(name, code)), fail)
              }
            >
              {i18n.t('options.team.makeCode')}
            </Button>
            {id === me.id ? null : removing === id ? (
              <Button
                small
                look="danger"
                onClick={() => {
                  setRemoving(undefined);
                  void actions.removeUser
                    .mutateAsync(id)
                    .then(() => say(i18n.t('options.team.removed', { name })), fail);
                }}
              >
                {i18n.t('options.team.reallyRemove')}
              </Button>
            ) : (
              <IconButton
                icon={Trash}
                label={i18n.t('options.team.remove', { name })}
                onClick={() => setRemoving(id)}
              />
            )}
          </li>
        ))}
      </ul>
      {said !== undefined && <p data-said>{said}</p>}
      <InviteForm
        onInvite={(invitation) =>
          actions.invite.mutateAsync(invitation).then(({ user, code }) => {
            say(
              code === undefined
                ? i18n.t('options.team.mailed', { name: user.name })
                : codeFor(user.name, code),
            );
          }, fail)
        }
      />
    </Card>
  );
}
