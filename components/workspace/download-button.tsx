import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { agreementYaml } from '../../utils/queries/use-agreements.ts';
import { Button } from '../ui/button.tsx';
import { FileText } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { saveFile } from '../ui/save-file.ts';

/** Saves the document of one version as a file. */
export function DownloadButton({ version, small = false }: { version: number; small?: boolean }) {
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      const text = await agreementYaml(version);
      saveFile(text, i18n.t('agreement.fileName', { version }), 'application/yaml');
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
