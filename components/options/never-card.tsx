import { i18n } from '../ui/i18n.ts';
import { domainOf, normaliseEmail } from '../../utils/domain/email.ts';
import { Card } from '../ui/card.tsx';
import { EntryList } from './entry-list.tsx';

/** Whom the user never wants looked up. */
export function NeverCard({
  never,
  onChange,
}: {
  never: readonly string[];
  onChange: (never: string[]) => Promise<unknown>;
}) {
  return (
    <Card anchor="never" title={i18n.t('options.never.title')} text={i18n.t('options.never.text')}>
      <EntryList
        title={i18n.t('options.never.list')}
        label={i18n.t('options.never.add')}
        placeholder={i18n.t('options.never.placeholder')}
        empty={i18n.t('options.never.empty')}
        invalid={i18n.t('options.never.invalid')}
        entries={never}
        parse={addressOrDomain}
        onChange={onChange}
      />
    </Card>
  );
}

function addressOrDomain(text: string): string | null {
  const entry = text.trim().replace(/^@/u, '');
  if (entry.includes('@')) return normaliseEmail(entry);
  // A domain is what may follow an at sign, with at least one dot.
  const address = normaliseEmail(`x@${entry}`);
  return address?.includes('.') ? domainOf(address) : null;
}
