import { describe, expect, it } from 'vitest';
import { selectorFor, shownAddress } from '../../../utils/sites/pick-selector.ts';
import { generic } from '../../../utils/sites/generic.ts';
import { documentOf, readingOf } from '../../support/site-fixtures.ts';

const pick = (html: string) => {
  const document = documentOf(html);
  return selectorFor(document.querySelector('[picked]')!);
};

describe('a selector for the place somebody points at', () => {
  it.each([
    ['its id', '<b id="email" picked>ann@example.com</b>', '#email'],
    ['what names it', '<b itemprop="email" data-x="y" picked>ann@example.com</b>', 'b[itemprop="email"]'],
    ['a field', '<input name="contact_mail" value="ann@example.com" picked>', 'input[name="contact_mail"]'],
    ['a part of its own', '<i data-part="mail" picked>ann@example.com</i>', 'i[data-part="mail"]'],
    [
      'its place in what has a name',
      '<div id="card"><p>Ann</p><p><span picked>ann@example.com</span></p></div>',
      '#card > p:nth-of-type(2) > span',
    ],
    ['its place in the page', '<p>Ann</p><p picked>ann@example.com</p>', 'body > p:nth-of-type(2)'],
  ])('is by %s', (_, html, selector) => {
    expect(pick(html)).toBe(selector);
  });

  it.each([
    ['an id that is the address', '<b id="ann-example-com" picked>ann@example.com</b>'],
    ['an id of the name', '<b id="card-Schäfer" data-owner="schaefer" picked>anna.schaefer@example.com</b>'],
    ['the number of a record', '<b id="row-48151" data-id="c0ffee0012345678" picked>ann@example.com</b>'],
    ['what a framework counts up', '<b id=":r1f:" data-testid="radix-7" picked>ann@example.com</b>'],
    ['an attribute with the address', '<b data-email="ann@example.com" picked>ann@example.com</b>'],
  ])('never holds %s', (_, html) => {
    expect(pick(html)).toBe('body > b');
  });

  it('is of this element alone where several have the same name', () => {
    const twice =
      '<p><b itemprop="email">ben@example.com</b></p><p><b itemprop="email" picked>ann@example.com</b></p>';
    expect(pick(twice)).toBe('body > p:nth-of-type(2) > b');
  });

  it('is none where the place lies too deep to be found again', () => {
    expect(pick(`${'<div>'.repeat(9)}<b picked>ann@example.com</b>`)).toBeUndefined();
  });

  it('finds the next person, too', () => {
    const page = (email: string, name: string) =>
      documentOf(`<h1 id="title">${name}</h1><dl><dt>Mail</dt><dd picked>${email}</dd></dl>
        <p>See also <a href="mailto:kim@example.com">Kim</a></p>`);
    const first = page('ann@example.com', 'Ann Example');
    const pickedEmail = [selectorFor(first.querySelector('[picked]')!)!];
    const pickedName = [selectorFor(first.querySelector('h1')!)!];
    const select = { ...generic.selectors, pickedEmail, pickedName };
    const next = readingOf(
      generic,
      page('ben@example.com', 'Ben Example'),
      new URL('https://example.com/2'),
      { select },
    );
    expect(next?.people).toEqual([
      { key: 'record:ben@example.com', role: 'record', email: 'ben@example.com', name: 'Ben Example' },
    ]);
  });
});

it.each([
  ['<b>ann@example.com</b>', 'ann@example.com'],
  ['<a href="mailto:ann@example.com">Write</a>', 'ann@example.com'],
  ['<input value="ann@example.com">', 'ann@example.com'],
  ['<meta content="ann@example.com">', 'ann@example.com'],
  ['<p>Write to ann@example.com</p>', undefined],
])('the address that %s shows', (html, address) => {
  const { body, head } = documentOf(html);
  expect(shownAddress(body.firstElementChild ?? head.firstElementChild!)).toBe(address);
});
