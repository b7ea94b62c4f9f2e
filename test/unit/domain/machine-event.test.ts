import { describe, expect, it } from 'vitest';
import { agentReason, atOnce, type DomainEvent, tooFast } from '../../../utils/domain/machine-event.ts';

const START = Date.parse('2026-11-20T09:00:00.000Z');
const event = (id: string, ms: number, rest: Partial<DomainEvent> = {}): DomainEvent => ({
  id,
  personId: id,
  kind: 'email.opened',
  campaignId: 'spring',
  occurredAt: new Date(START + ms).toISOString(),
  domain: 'werft.example',
  ...rest,
});

describe('user agents', () => {
  it.each([
    ['Mozilla/5.0', 'proxy'],
    [' mozilla/5.0 ', 'proxy'],
    ['Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)', 'proxy'],
    ['YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html', 'proxy'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
      'proxy',
    ],
    ['Barracuda Sentinel (EE)', 'scanner'],
    ['Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1) SafeLinks/1.0 (Microsoft Defender)', 'scanner'],
    ['Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36', 'scanner'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      null,
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
      null,
    ],
    ['', null],
  ])('%j: %s', (userAgent, reason) => expect(agentReason(userAgent)).toBe(reason));
});

describe('too fast', () => {
  const delivered = event('mail', 0, { kind: 'email.delivered' });
  it.each([
    [19_999, ['x']],
    [20_000, []],
    [-1, []],
  ])('after %d ms: %j', (ms, found) => expect(tooFast([event('x', ms), delivered])).toEqual(found));

  it('looks at clicks, too, and at mails that are only known as sent', () =>
    expect(
      tooFast([event('mail', 0, { kind: 'email.sent' }), event('x', 5_000, { kind: 'email.clicked' })]),
    ).toEqual(['x']));

  it('does not mind other campaigns, no campaign or other events', () => {
    expect(tooFast([delivered, event('x', 1_000, { campaignId: 'other' })])).toEqual([]);
    expect(
      tooFast([{ ...delivered, campaignId: undefined }, event('x', 1_000, { campaignId: undefined })]),
    ).toEqual([]);
    expect(tooFast([delivered, event('x', 1_000, { kind: 'page.visited' })])).toEqual([]);
  });
});

describe('at once', () => {
  it('is three recipients of one company within two seconds', () =>
    expect(atOnce([event('a', 2_000), event('b', 0), event('c', 900), event('d', 9_000)]).toSorted()).toEqual(
      ['a', 'b', 'c'],
    ));

  it.each([
    ['two', [event('a', 0), event('b', 0)]],
    ['one person three times', ['a', 'b', 'c'].map((id) => event(id, 0, { personId: 'same' }))],
    ['too long', [event('a', 0), event('b', 1_000), event('c', 2_001)]],
    ['other companies', ['a', 'b', 'c'].map((id) => event(id, 0, { domain: `${id}.example` }))],
    ['free mail', ['a', 'b', 'c'].map((id) => event(id, 0, { domain: 'gmx.de' }))],
    ['visits', ['a', 'b', 'c'].map((id) => event(id, 0, { kind: 'page.visited' }))],
    ['no campaign', ['a', 'b', 'c'].map((id) => event(id, 0, { campaignId: undefined }))],
    ['opens and clicks', [event('a', 0), event('b', 0), event('c', 0, { kind: 'email.clicked' })]],
  ])('is not %s', (_, events) => expect(atOnce(events)).toEqual([]));
});
