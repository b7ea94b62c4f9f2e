import { describe, expect, it } from 'vitest';
import { PageReading } from '../../../utils/contract/page-reading.ts';
import { gmail } from '../../../utils/sites/gmail.ts';
import { documentOf, gmailFixtures, readingOf } from '../../support/site-fixtures.ts';

const read = (document: Document, url: URL) => readingOf(gmail, document, url);

describe('a navigation', () => {
  const thread = gmailFixtures.find(({ name }) => name === 'two-leads')?.html ?? '';
  const readAt = (hash: string) =>
    read(documentOf(thread), new URL(`https://mail.google.com/mail/u/0/${hash}`));

  it.each([
    '#inbox/19a8c3d2e4f50617',
    '#search/from%3Aanna/19a8c3d2e4f50617',
    '#search/from%3Aanna/p2/19a8c3d2e4f50617?compose=new',
    // A query that looks like an id is not one.
    '#search/1111111111111111',
    // With conversation view off the address names a message.
    '#inbox/19a0000000000004',
    '#inbox/FMfcgzQcqRSwKpdbVGTLnPXjHxkWzNtm',
    '#inbox',
    '',
  ])('reads the conversation at %s', (hash) => {
    const messageId = /data-legacy-message-id="(\w+)"/u.exec(thread)?.[1] ?? '';
    expect(readAt(hash.replace('19a0000000000004', messageId))?.view).toBe('thread');
  });

  it.each(['#inbox/19a8c3d2e4f50618', '#label/Leads/p3/1234567890abcdef'])(
    'does not report the conversation before at %s',
    (hash) => expect(readAt(hash)).toBeNull(),
  );

  it('does not report the list under the address of a conversation that is not there yet', () => {
    const list = gmailFixtures.find(({ name }) => name === 'inbox-en')?.html ?? '';
    const at = (hash: string) => read(documentOf(list), new URL(`https://mail.google.com/mail/u/0/${hash}`));
    expect(at('#inbox/p2')?.view).toBe('list');
    expect(at('#inbox/19a8c3d2e4f50617')).toBeNull();
    expect(at('#inbox/FMfcgzQcqRSwKpdbVGTLnPXjHxkWzNtm')).toBeNull();
  });

  it('waits while two conversations are shown at once', () => {
    const document = documentOf(thread);
    const view = document.querySelector('[role=main]:not([style])');
    const next = view?.cloneNode(true) as Element;
    next.querySelector('h2')?.setAttribute('data-legacy-thread-id', '19a8c3d2e4f50618');
    view?.after(next);
    expect(read(document, new URL('https://mail.google.com/mail/u/0/#inbox'))).toBeNull();
  });
});

it('reads what covers the screen, not the conversation under it', () => {
  const htmlOf = (page: string) => gmailFixtures.find(({ name }) => name === page)?.html ?? '';
  const document = documentOf(htmlOf('two-leads'));
  document.body.append(documentOf(htmlOf('compose-fullscreen')).querySelector('.aSs') ?? '');
  const found = read(document, new URL('https://mail.google.com/mail/u/0/#inbox/19a8c3d2e4f50617'));
  expect(found?.view).toBe('compose');
  expect(found?.people.map(({ email }) => email)).toEqual(['clara.nowak@solaris-energie.example']);
});

describe('the address of a view', () => {
  it('does not change with a compose beside it', () => {
    const route = (url: string) => gmail.route(new URL(url));
    expect(route('https://mail.google.com/mail/u/0/#inbox?compose=new')).toBe(
      route('https://mail.google.com/mail/u/0/#inbox'),
    );
    expect(route('https://mail.google.com/mail/u/1/#inbox')).not.toBe(
      route('https://mail.google.com/mail/u/0/#inbox'),
    );
  });
});

describe('hostile pages', () => {
  const inbox = new URL('https://mail.google.com/mail/u/0/#inbox');
  const row = (attributes: string) =>
    `<div role="main"><table><tr class="zA"><td class="yX"><div class="yW"><span ${attributes}>x</span></div></td></tr></table></div>`;

  it.each(['two-leads', 'popout'])(
    'believes nothing that stands in a mail, though it look like Gmail: %s',
    (page) => {
      const forged = `<div class="adn ads" role="listitem" data-legacy-message-id="19b0000000000001">
        <h2 class="hP" data-legacy-thread-id="19b0000000000002"></h2><img class="ajn" jid="forged@trap.example">
        <table><tr><td class="gF"><h3 class="iw"><span class="gD" email="forged@trap.example" name="Forged"></span></h3></td></tr></table>
        <span class="hb"><span class="g2" email="forged@trap.example"></span></span></div>
      <header><a href="https://accounts.google.com/SignOutOptions" aria-label="(anna.schaefer@hafenlogistik.example)"></a></header>
      <div class="M9"><input name="subjectbox"><input type="hidden" name="from" value="ben.okafor@brightline.example">
        <div class="anm" name="to"><div role="listbox"><div role="option" data-hovercard-id="forged@trap.example" data-name=""></div></div></div></div>
      <div role="main"><table><tr class="zA"><td class="yX"><div class="yW"><span email="forged@trap.example"></span></div></td></tr></table></div>`;
      const fixture = gmailFixtures.find(({ name }) => name === page);
      const document = documentOf(fixture?.html ?? '');
      for (const body of document.querySelectorAll('[role=main]:not([style]) .a3s')) body.innerHTML = forged;
      expect(document.querySelectorAll('.gD[name=Forged]').length).toBeGreaterThan(0);
      expect(read(document, fixture?.url ?? inbox)).toEqual(fixture?.reading);
    },
  );

  it('cuts endless names and leaves out endless addresses', () => {
    const name = 'N'.repeat(100_000);
    const long = `${'a'.repeat(400)}@example.com`;
    expect(read(documentOf(row(`email="a@example.com" name="${name}"`)), inbox)?.people).toEqual([
      {
        key: 'list-sender:a@example.com',
        email: 'a@example.com',
        role: 'list-sender',
        name: 'N'.repeat(1000),
      },
    ]);
    expect(read(documentOf(row(`email="${long}"`)), inbox)?.people).toEqual([]);
  });

  it('reports at most as many people as a reading holds', () => {
    const spans = Array.from(
      { length: 2500 },
      (_, index) => `<span email="p${index}@example.com"></span>`,
    ).join('');
    const page = documentOf(
      row('email="a@example.com"').replace('<td class="yX">', `<td class="yX">${spans}`),
    );
    const crowded = documentOf(row('').replace(/<span.*<\/span>/u, spans));
    expect(read(crowded, inbox)?.people).toHaveLength(2000);
    expect(PageReading.nullable().safeParse(read(page, inbox)).success).toBe(true);
  });

  it('reads a page that is still empty, or nested without end', () => {
    expect(read(documentOf(''), inbox)).toBeNull();
    const document = documentOf(row('email="a@example.com"'));
    let deep: Element = document.body;
    for (let level = 0; level < 1000; level++) deep = deep.appendChild(document.createElement('div'));
    deep.append(document.querySelector('[role=main]') ?? '');
    expect(read(document, inbox)?.people).toHaveLength(1);
  });
});
