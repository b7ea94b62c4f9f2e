// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchSending } from '../../../utils/extension/watch-sending.ts';
import { gmail } from '../../../utils/sites/gmail.ts';
import { NOTICE, sendablePage } from '../../support/gmail-compose.ts';

const report = vi.fn<Parameters<typeof watchSending>[2]>();
let abort: AbortController;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00.000Z') });
  report.mockClear();
  document.documentElement.innerHTML = sendablePage('compose-popup');
  abort = new AbortController();
  const setTimeout = (callback: () => void, ms: number) => Number(globalThis.setTimeout(callback, ms));
  watchSending({ signal: abort.signal, setTimeout }, gmail, report);
});
afterEach(() => {
  abort.abort();
  vi.useRealTimers();
});

const find = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const send = () => find('.aoO').click();
const close = () => find('.dw .no > .nn').remove();
const showNotice = () => document.body.insertAdjacentHTML('beforeend', NOTICE);
const hideNotice = () => find('.b8').remove();
const wait = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

describe('a mail that is sent', () => {
  it('is reported once, with when it was sent, as soon as it cannot be taken back', () => {
    send();
    wait(0.5);
    close();
    wait(1);
    showNotice();
    wait(10);
    expect(report).not.toHaveBeenCalled();
    hideNotice();
    wait(5);
    expect(report).toHaveBeenCalledTimes(1);
    expect(report).toHaveBeenCalledWith({
      account: 'jonas.keller@nordwind.example',
      recipients: expect.arrayContaining(['ben.okafor@brightline.example']) as string[],
      at: '2026-11-22T10:00:00.000Z',
    });
    wait(600);
    expect(report).toHaveBeenCalledTimes(1);
  });

  it('is reported after 35 seconds even when the notice never goes', () => {
    send();
    close();
    showNotice();
    wait(33);
    expect(report).not.toHaveBeenCalled();
    wait(5);
    expect(report).toHaveBeenCalledTimes(1);
  });

  it('is reported at once when the page is left', () => {
    send();
    close();
    showNotice();
    dispatchEvent(new Event('pagehide'));
    expect(report).toHaveBeenCalledTimes(1);
    wait(60);
    expect(report).toHaveBeenCalledTimes(1);
  });

  it('is each of two mails', () => {
    send();
    close();
    document.body.insertAdjacentHTML(
      'beforeend',
      sendablePage('compose-inline').replaceAll('data-compose-id="80"', 'data-compose-id="81"'),
    );
    send();
    find('.M9').remove();
    wait(10);
    expect(report.mock.calls.map(([{ recipients }]) => recipients.length)).toEqual([5, 2]);
  });
});

describe('a mail that is not sent', () => {
  it.each([
    ['was taken back by the notice', () => find('#link_undo').click()],
    [
      'was taken back by the shortcut',
      () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', bubbles: true })),
    ],
  ])('%s', (_, undo) => {
    send();
    close();
    wait(1);
    showNotice();
    wait(4);
    undo();
    wait(120);
    expect(report).not.toHaveBeenCalled();
  });

  it('came back into the page', () => {
    send();
    const popup = find('.dw .no > .nn');
    popup.remove();
    wait(2);
    document.body.append(popup);
    wait(2);
    popup.remove();
    wait(60);
    expect(report).not.toHaveBeenCalled();
  });

  it('was refused and stays open, or is left', () => {
    send();
    wait(30);
    dispatchEvent(new Event('pagehide'));
    expect(report).not.toHaveBeenCalled();
    send();
    wait(65);
    close();
    wait(60);
    expect(report).not.toHaveBeenCalled();
  });

  it.each([
    ['discarded after all', '.oh'],
    ['scheduled after all', '.hG'],
    ['changed after all', '.afX'],
    ['closed after all', '.Hl'],
  ])('was refused and then %s', (_, selector) => {
    send();
    wait(2);
    find(selector).click();
    close();
    wait(60);
    expect(report).not.toHaveBeenCalled();
  });

  it.each(['.oh', '[selector=scheduledSend]', '.afV', '[contenteditable=true]', '[gh=cm]'])(
    'was closed after a click on %s',
    (selector) => {
      find(selector).click();
      close();
      wait(60);
      expect(report).not.toHaveBeenCalled();
    },
  );

  it('has nobody to go to', () => {
    for (const chip of document.querySelectorAll('.afV')) chip.remove();
    send();
    close();
    wait(60);
    expect(report).not.toHaveBeenCalled();
  });
});

it('hears nothing any more after the extension was replaced', () => {
  abort.abort();
  send();
  close();
  wait(60);
  expect(report).not.toHaveBeenCalled();
});
