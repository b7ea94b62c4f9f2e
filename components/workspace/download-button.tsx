import { useState } from 'react';
import { i18n } from '#i18n';
import { agreementYaml } from '../../utils/queries/use-agreements.ts';
import { Button } from '../ui/button.tsx';
import { FileText } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';

/** Saves the document of one version as a file. */
export function DownloadButton({ version, small = false }: { version: number; small?: boolean }) {
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      save(await agreementYaml(version), i18n.t('agreement.fileName', { version }));
    } catch {
      announce(i18n.t('agreement.failed'));
    }
    setBusy(false);
  };
  return (
    <Button icon={FileText} small={small} disabled={busy} onClick={() => void download()}>
      {i18n.t('agreement.download', { version })}
    </Button>
  );
}

/** A link with `download` needs no permission. */
function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the content over once the click is through.
  setTimeout(() => URL.revokeObjectURL(url));
}
