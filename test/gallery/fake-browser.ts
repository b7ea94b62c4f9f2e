import { messages } from 'virtual:messages';
import type { MessageName, Notice } from '../../utils/extension/messages.ts';
import { fakeBackground } from './fake-background.ts';
import { stateNames } from './state-names.ts';
import { galleryStates } from './states.ts';

// Plays the browser for the pages: imported first, so that they find it when they load.
const query = new URLSearchParams(location.search);
const language = query.get('lang') === 'de' ? 'de' : 'en';
const listeners = new Set<(notice: Notice) => void>();
const wanted = query.get('state') ?? 'ready';
const state = stateNames.find((name) => name === wanted);
if (!state) throw new Error(`The gallery has no state ${wanted}`);
const answer = fakeBackground(galleryStates[state](), (notice) =>
  listeners.forEach((listener) => listener(notice)),
);

function getMessage(key: string, substitutions: string[] = []): string {
  if (key === '@@ui_locale') return language === 'de' ? 'de' : 'en_GB';
  const text = messages[language][key]?.message ?? '';
  return text.replace(/\$(\$|\d)/gu, (_, sign: string) =>
    sign === '$' ? '$' : (substitutions[Number(sign) - 1] ?? ''),
  );
}

Object.assign(globalThis, {
  chrome: {
    i18n: { getMessage },
    permissions: { request: () => Promise.resolve(true) },
    runtime: {
      id: 'gallery',
      sendMessage: ({ name, request }: { name: MessageName; request: unknown }) => answer(name, request),
      onMessage: {
        addListener: (listener: (notice: Notice) => void) => listeners.add(listener),
        removeListener: (listener: (notice: Notice) => void) => listeners.delete(listener),
      },
    },
  },
});
