import { test } from '@playwright/test';
import { fillTemplate } from '../support/hub-template.ts';

test('the sample is loaded once', async () => {
  test.setTimeout(300_000);
  await fillTemplate();
});
