import { Banner } from './banner.tsx';
import { i18n } from './i18n.ts';
import { Sparkles } from './icons.ts';

/** Leads back to the first page, for who has left it before its end. */
export function FirstRunBanner() {
  return (
    <Banner
      tone="info"
      icon={Sparkles}
      action={
        <a href="/welcome.html" target="_blank" rel="noreferrer">
          {i18n.t('welcome.goOn')}
        </a>
      }
    >
      {i18n.t('welcome.unfinished')}
    </Banner>
  );
}
