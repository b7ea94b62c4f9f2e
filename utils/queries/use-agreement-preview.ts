import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AgreementDocument } from '../contract/agreement.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';

/** Who types is not asked about every letter. */
const SETTLED_MS = 600;
const KEPT_MS = 60_000;

/**
 * What a document would have meant for last month's leads; asked once it has not changed for a moment. Nothing is asked
 * while it is `null`. Fails with what is wrong in it.
 */
export function useAgreementPreview(document: AgreementDocument | null) {
  const text = useSettled(document ? JSON.stringify(document) : null);
  return useQuery({
    queryKey: keys.agreementPreview(text ?? ''),
    queryFn: async () => unwrap(await hub.previewAgreement({ body: { format: 'json', text: text ?? '' } })),
    enabled: text !== null,
    gcTime: KEPT_MS,
    placeholderData: keepPreviousData,
  });
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
