import { JSDOM } from 'jsdom';
import { expect, it } from 'vitest';
import { skeleton } from '../../../utils/sites/skeleton.ts';

it('keeps the shape and none of the content', () => {
  const { document } = new JSDOM(`<div role="main" class="aeF nH" id="secret-id" data-thread="t-123">
    <span email="ann@example.com" name="Ann Lee" aria-label="From Ann">Hello Ann</span>
    <p class="ann@example.com"><!-- Ann --></p></div>`).window;
  const shape = skeleton(document.body.firstElementChild!);
  expect(shape).toBe(
    'div role=main class=aeF nH id data-thread\\n span email name aria-label\\n p class\\n'.replaceAll(
      '\\n',
      '\n',
    ),
  );
});

it('is bounded however large the page is', () => {
  const { document } = new JSDOM('<div>'.repeat(200) + '<i></i>'.repeat(10_000)).window;
  expect(skeleton(document.body).length).toBeLessThanOrEqual(15_000);
});
