import type { AgreementDocument } from '../../../utils/contract/agreement.ts';
import { useAgreementPreview } from '../../../utils/queries/use-agreement-preview.ts';
import { useAgreementDocument } from '../../../utils/queries/use-agreements.ts';
import { PreviewView } from './edit/preview-view.tsx';

/** What a proposal would have meant, for whoever is to sign it. */
export function ProposalPreview({ version }: { version: number }) {
  // The hub checks it again: one of an older shape is refused, and that is said.
  const document = useAgreementDocument(version).data as AgreementDocument | undefined;
  const preview = useAgreementPreview(document ?? null);
  return <PreviewView preview={preview} />;
}
