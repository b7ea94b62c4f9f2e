import { afterEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { i18n } from '../../components/ui/i18n.ts';
import { chooseLanguage, textOf, textsOf } from '../../utils/extension/texts.ts';

const german = {
  toolbar_waiting: { message: '$1 zu beantworten' },
  dock_label: { message: 'Tandem-Panel' },
  options_delete_unsent: { message: '1 Eintrag | $1 Einträge' },
  options_list_remove: { message: '{entry} für $$1 entfernen' },
};

/** Plays the browser: it speaks English, and has the extension's files. */
function play() {
  fakeBrowser.i18n.getMessage = (name) => (name === 'language' ? 'en' : `english ${name}`);
  const fetched = vi.fn(() => Promise.resolve(Response.json(german)));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
afterEach(async () => {
  fakeBrowser.i18n.getMessage = () => 'en';
  await chooseLanguage('system');
  vi.unstubAllGlobals();
});

it('asks the browser alone as long as that speaks the language of choice', async () => {
  const fetched = play();
  expect(await chooseLanguage('system')).toBe(false);
  expect(await chooseLanguage('en')).toBe(false);
  expect(textOf('dock.label')).toBe('english dock_label');
  expect(textsOf(['dock_'])).toEqual({});
  expect(fetched).not.toHaveBeenCalled();
});

it('speaks the language of choice, and the browser’s again', async () => {
  const fetched = play();
  expect(await chooseLanguage('de')).toBe(true);
  expect(fetched).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/\/_locales\/de\/messages\.json$/u));
  expect(await chooseLanguage('de')).toBe(false);
  expect(textOf('dock.label')).toBe('Tandem-Panel');
  expect(textOf('toolbar.waiting', ['3'])).toBe('3 zu beantworten');
  expect(textsOf(['dock_', 'badge_'])).toEqual({ dock_label: 'Tandem-Panel' });
  expect(await chooseLanguage('system')).toBe(true);
  expect(textOf('dock.label')).toBe('english dock_label');
});

it('fills in counts, forms and names', async () => {
  play();
  await chooseLanguage('de');
  expect(i18n.t('options.delete.unsent', 1)).toBe('1 Eintrag');
  expect(i18n.t('options.delete.unsent', 0)).toBe('0 Einträge');
  expect(i18n.t('options.delete.unsent', 12)).toBe('12 Einträge');
  // A value is no template: what it holds stays as it is.
  expect(i18n.t('options.list.remove', { entry: '{entry} $1' })).toBe('{entry} $1 für $1 entfernen');
});
