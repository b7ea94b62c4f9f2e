// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageReading } from '../../../utils/contract/page-reading.ts';
import { watchPage } from '../../../utils/extension/watch-page.ts';
import { makeReading } from '../../../utils/sites/people.ts';
import { defineSite } from '../../../utils/sites/site.ts';

const site = defineSite({
  id: 'paper',
  label: 'Paper',
  kind: 'mail',
  matches: ['https://paper.test/*'],
  dock: { top: 0, right: 0, bottom: 0 },
  selectors: { person: ['[email]'] },
  read: ({ document, select }) => {
    const people = [...document.querySelectorAll(select.person.join())];
    if (people.length === 0) return null;
    return makeReading({ id: 'paper' }, 'thread', {
      sightings: people.map((person) => ({
        role: 'sender',
        addresses: [person.getAttribute('email')],
        names: [],
      })),
    });
  },
  root: (document) => document.querySelector('main'),
  expectsPeople: (url) => url.hash !== '',
  route: (url) => url.hash,
  attributes: ['email'],
});

const report = {
  reading: vi.fn<(reading: PageReading | null) => void>(),
  looked: vi.fn(),
  isOwn: (node: Node) => node.nodeName === 'TANDEM-BADGE',
  unreadable: vi.fn(),
};
let end: AbortController;
let page: ReturnType<typeof watchPage>;

beforeEach(() => {
  vi.useFakeTimers();
  for (const mock of [report.reading, report.looked, report.unreadable]) mock.mockClear();
  history.replaceState(null, '', '#');
  document.body.innerHTML = '<div><main><b email="a@x.example"></b></main></div>';
  end = new AbortController();
  const { signal } = end;
  const later = (callback: () => void, ms: number) => void setTimeout(callback, ms);
  page = watchPage(
    { signal, setTimeout: later, requestIdleCallback: (callback) => later(callback, 1) },
    site,
    report,
  );
});
afterEach(() => {
  end.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const settle = () => vi.advanceTimersByTimeAsync(1_000);
const reported = () =>
  report.reading.mock.calls.map(([reading]) => reading?.people.map(({ email }) => email) ?? null);
const main = () => document.querySelector('main')!;
const show = (email: string) => main().firstElementChild!.setAttribute('email', email);

describe('watching a page', () => {
  it('reports who is there, and whoever follows, each once', async () => {
    await settle();
    show('b@x.example');
    await settle();
    show('b@x.example');
    await settle();
    expect(reported()).toEqual([['a@x.example'], ['b@x.example']]);
  });

  it('takes no mark of our own for a change', async () => {
    await settle();
    report.looked.mockClear();
    main().prepend(document.createElement('tandem-badge'));
    main().firstChild!.remove();
    await settle();
    expect(report.looked).not.toHaveBeenCalled();
    main().prepend('text of the page');
    await settle();
    expect(report.looked).toHaveBeenCalled();
  });

  it.each([
    ['what it watches', () => main()],
    ['what holds it', () => main().parentElement!],
    ['the body', () => document.body],
  ])('goes on when the page replaces %s', async (_, replaced) => {
    await settle();
    const next = replaced().cloneNode(true) as Element;
    next.querySelector('b')!.setAttribute('email', 'b@x.example');
    replaced().replaceWith(next);
    await settle();
    show('c@x.example');
    await settle();
    expect(reported()).toEqual([['a@x.example'], ['b@x.example'], ['c@x.example']]);
  });

  it('reads nothing while the tab is hidden, and at once when it is shown', async () => {
    await settle();
    report.looked.mockClear();
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    show('b@x.example');
    await settle();
    expect(report.looked).not.toHaveBeenCalled();
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(reported()).toEqual([['a@x.example'], ['b@x.example']]);
  });

  it('reports nobody when the page is left, and whoever is there when it comes back', async () => {
    await settle();
    dispatchEvent(new Event('pagehide'));
    expect(reported()).toEqual([['a@x.example'], null]);
    dispatchEvent(new Event('pageshow'));
    await settle();
    expect(reported()).toEqual([['a@x.example'], null, ['a@x.example']]);
  });

  it('reports nobody as soon as the address names another view', async () => {
    await settle();
    history.replaceState(null, '', '#other');
    dispatchEvent(new Event('hashchange'));
    expect(reported().at(-1)).toBeNull();
    show('b@x.example');
    await settle();
    expect(reported()).toEqual([['a@x.example'], null, ['b@x.example']]);
  });

  it('reads nothing once it is switched off, and everything anew once it is on again', async () => {
    await settle();
    page.restart({ on: false, selectors: {} });
    report.looked.mockClear();
    show('b@x.example');
    await settle();
    expect(report.looked).not.toHaveBeenCalled();
    page.restart({ on: true, selectors: {} });
    await settle();
    page.restart({ on: true, selectors: {} });
    await settle();
    expect(reported()).toEqual([['a@x.example'], null, ['b@x.example'], ['b@x.example']]);
  });

  it('reads with the selectors it is told', async () => {
    main().innerHTML = '<i email="pack@x.example"></i><b email="a@x.example"></b>';
    await settle();
    page.restart({ on: true, selectors: { person: ['i[email]'] } });
    await settle();
    expect(reported()).toEqual([['pack@x.example', 'a@x.example'], ['pack@x.example']]);
  });

  it('does nothing any more at its end', async () => {
    await settle();
    end.abort();
    show('b@x.example');
    dispatchEvent(new Event('pagehide'));
    dispatchEvent(new Event('pageshow'));
    await settle();
    expect(reported()).toEqual([['a@x.example']]);
  });
});
