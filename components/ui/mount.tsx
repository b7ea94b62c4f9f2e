import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { followLanguage } from '../../utils/queries/follow-language.ts';
import { createQueryClient } from '../../utils/queries/query-client.ts';
import './base.css';
import { language } from './language.ts';

/** Starts a page of the extension in its `#root`; anew in another language, when the user chooses one. */
export function mount(page: ReactNode): void {
  const element = document.getElementById('root');
  if (!element) throw new Error('The page has no #root');
  const root = createRoot(element);
  const client = createQueryClient();
  followLanguage(client, () => {
    document.documentElement.lang = language();
    const focused = document.activeElement?.getAttribute('name');
    flushSync(() =>
      root.render(
        <StrictMode key={language()}>
          <QueryClientProvider client={client}>{page}</QueryClientProvider>
        </StrictMode>,
      ),
    );
    // Whoever has chosen the language goes on where they were.
    if (focused) document.getElementsByName(focused)[0]?.focus();
  });
}
