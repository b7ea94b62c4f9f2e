import { describe, expect, it } from 'vitest';
import { roundcube } from '../../../utils/sites/roundcube.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const compose = new URL('https://mail.example.com/?_task=mail&_action=compose&_id=1');
const draft = (to: string) =>
  readingOf(roundcube, documentOf(`<textarea name="_to">${to}</textarea>`), compose)?.people.map(
    ({ email }) => email,
  );
const login = (settings: string) =>
  readingOf(
    roundcube,
    documentOf(`<textarea name="_to">ann@example.com,</textarea><script>${settings}</script>`),
    compose,
  )?.account;

describe('Roundcube', () => {
  it('takes from a field without chips what is typed to its end', () => {
    expect(draft('Ann &lt;ann@example.com&gt;, "Example, Ben" &lt;ben@example.com&gt;, kim@exam')).toEqual([
      'ann@example.com',
      'ben@example.com',
    ]);
    expect(draft('ann@example.com')).toBeUndefined();
  });

  it('knows whose mailbox it is from the settings, where the login name is an address', () => {
    expect(login('rcmail.set_env({"task":"mail","username":"ben@example.com"});')).toBe('ben@example.com');
    expect(login('rcmail.set_env({"task":"mail","username":"ben"});')).toBeUndefined();
    expect(login('other.set({"username":"ben@example.com"});')).toBeUndefined();
  });

  it('shows nobody outside its mail', () => {
    const list = fixturesOf('roundcube').find(({ name }) => name === 'list-en');
    const url = new URL('https://mail.nordwind.example/?_task=addressbook');
    expect(readingOf(roundcube, documentOf(list?.html ?? ''), url)).toBeNull();
  });

  it.each([
    ['?_task=mail&_uid=7&_mbox=INBOX&_action=show', '?_task=mail&_uid=8&_mbox=INBOX&_action=show', false],
    ['?_task=mail&_uid=7&_mbox=INBOX', '?_task=mail&_caps=pdf%3D1&_mbox=INBOX&_uid=7', true],
  ])('%s and %s are the same view: %s', (one, other, same) => {
    const route = (query: string) => roundcube.route(new URL(query, 'https://mail.example.com/'));
    expect(route(one) === route(other)).toBe(same);
  });
});
