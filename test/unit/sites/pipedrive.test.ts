import { describe, expect, it } from 'vitest';
import { pipedrive } from '../../../utils/sites/pipedrive.ts';
import { documentOf, fixturesOf, readingOf } from '../../support/site-fixtures.ts';

const fixture = (name: string) => fixturesOf('pipedrive').find((one) => one.name === name)!;

describe('a person of Pipedrive', () => {
  const { html, url } = fixture('person-en');
  const readAt = (address: string, page = html) =>
    readingOf(pipedrive, documentOf(page), new URL(address, url));

  it('has no installation behind the common address', () => {
    expect(readAt('https://app.pipedrive.com/person/4711')?.people[0]?.record).toEqual({
      system: 'pipedrive',
      type: 'person',
      id: '4711',
    });
  });

  it('is not read while two views stand in the page', () => {
    const both = html.replace('style="display: none;"', '');
    expect(readAt(url.href, both)).toBeNull();
  });

  it('has the first of several addresses', () => {
    const several = html.replace(
      '<span>(Work)</span>',
      '<span>(Work)</span></div><div><a href="mailto:imani@home.example">imani@home.example</a>',
    );
    expect(several).not.toBe(html);
    expect(readAt(url.href, several)).toEqual(readAt(url.href));
  });

  it.each(['/pipeline/1', '/activities/list', '/leads/inbox'])('is not reported at %s', (path) => {
    expect(readAt(path)).toBeNull();
    expect(pipedrive.expectsPeople(new URL(path, url))).toBe(false);
  });
});

it('reads no lead without its drawer', () => {
  const { html, url } = fixture('lead-en');
  const closed = html.replace('data-testid="SidebarLeadTitle"', '');
  expect(readingOf(pipedrive, documentOf(closed), url)).toBeNull();
});
