import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { FoundPerson } from '../../../utils/contract/people-search.ts';
import { MIN_SEARCH, usePeopleSearch } from '../../../utils/queries/use-people.ts';
import { useAgreement } from '../../../utils/queries/use-panel-data.ts';
import { Button } from '../../ui/button.tsx';
import facts from '../../ui/facts.module.css';
import { format } from '../../ui/language.ts';
import { stageIcons } from '../../ui/stage-icons.ts';
import { stageLabel } from '../../ui/stage-label.ts';
import { TextField } from '../../ui/text-field.tsx';
import { UserName } from '../../ui/user-text.tsx';
import { Answered } from '../answered.tsx';
import { PersonLink } from './person-link.tsx';
import styles from './people-search.module.css';

/** Time for another letter, before the hub is asked. */
const PAUSE_MS = 200;

/** Finds people by words of their names. What is looked for stands in no address and is kept nowhere. */
export function PeopleSearch() {
  const [text, setText] = useState('');
  const wanted = useSettled(text.trim());
  const found = usePeopleSearch(wanted);
  const list = useRef<HTMLUListElement>(null);
  const isAsked = wanted.length >= MIN_SEARCH;
  return (
    <div data-state={isAsked ? found.status : 'success'}>
      <div role="search" className={styles.search}>
        <TextField
          label={i18n.t('people.search')}
          hint={i18n.t('people.hint')}
          type="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            list.current?.querySelector('a')?.focus();
          }}
        />
      </div>
      {isAsked && (
        <Answered query={found} loading={i18n.t('campaigns.loading')}>
          {({ pages }) => {
            const people = pages.flatMap((page) => page.people);
            return (
              <>
                <p className={styles.count} role="status">
                  {found.hasNextPage
                    ? i18n.t('people.foundMore', people.length)
                    : i18n.t('people.found', people.length)}
                </p>
                {people.length > 0 && (
                  <ul ref={list} className={styles.list}>
                    {people.map((person) => (
                      <Found key={person.id} person={person} />
                    ))}
                  </ul>
                )}
                {found.hasNextPage && (
                  <div className={styles.more}>
                    <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                      {i18n.t('people.more')}
                    </Button>
                  </div>
                )}
              </>
            );
          }}
        </Answered>
      )}
    </div>
  );
}

/** The arrows go from name to name; Enter opens, as links do. */
function onArrow(event: KeyboardEvent<HTMLLIElement>): void {
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const;
  const name = event.key === 'ArrowDown' || event.key === 'ArrowUp' ? step[event.key] : undefined;
  if (name === undefined) return;
  event.preventDefault();
  event.currentTarget[name]?.querySelector('a')?.focus();
}

function Found({ person }: { person: FoundPerson }) {
  const agreement = useAgreement().data;
  const { id, name, company, title, email, owner, stage, since } = person;
  const Glyph = stageIcons[stage];
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrows are the links' inside
    <li className={styles.person} data-person={id} onKeyDown={onArrow}>
      <div className={styles.who}>
        <p className={styles.name}>
          <PersonLink id={id} name={name} />
        </p>
        <p className={facts.facts}>
          {[title, company, email].map((text) => text && <UserName key={text} text={text} />)}
        </p>
      </div>
      <div className={styles.status}>
        <p className={styles.stage}>
          <Glyph size={14} aria-hidden />
          {stageLabel(stage, agreement?.ok ? agreement.value : undefined)}
        </p>
        <p className={facts.facts}>
          <span>{i18n.t('people.since', { date: format().date(since) })}</span>
          <span>
            <UserName text={owner?.name ?? i18n.t('people.noOwner')} />
          </span>
        </p>
      </div>
    </li>
  );
}

/** A text once nobody has changed it for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
