import type { QueryClient } from '@tanstack/react-query';
import { onNotice, sendMessage } from '../extension/send-message.ts';
import { chooseLanguage } from '../extension/texts.ts';
import { keys } from './keys.ts';

/** Calls `draw` once the texts are there in the user's language, and again whenever they are in another one. */
export function followLanguage(client: QueryClient, draw: () => void): void {
  const choose = async () => {
    const settings = await sendMessage('settings.get');
    client.setQueryData(keys.settings, settings);
    return chooseLanguage(settings.language);
  };
  onNotice(({ notice }) => {
    if (notice === 'settings.changed') void choose().then((changed) => changed && draw());
  });
  // A page that cannot know the choice speaks the browser's language.
  void choose().then(draw, draw);
}
