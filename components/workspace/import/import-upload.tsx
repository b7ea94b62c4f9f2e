import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Import } from '../../../utils/contract/import.ts';
import { isFileOf } from '../../../utils/queries/send-file.ts';
import { useImportActions, useSending } from '../../../utils/queries/use-imports.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { RefreshCw } from '../../ui/icons.ts';
import { ImportFile } from './import-file.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ProblemBanner } from '../problem-banner.tsx';

/** A file that is being sent; or that was broken off, and how to go on. */
export function ImportUpload({ import: one, at }: { import: Import; at: number }) {
  const { send } = useImportActions();
  const sending = useSending(one.id);
  const [wrong, setWrong] = useState(false);
  const goOn = async (file: File | undefined) => {
    const fits = file !== undefined && (await isFileOf(file, one));
    setWrong(file !== undefined && !fits);
    if (fits) send.mutate({ id: one.id, file });
  };
  if (sending && sending.status !== 'error') return <ImportProgress import={one} at={at} />;
  return (
    <Card
      title={i18n.t('import.resume.title')}
      text={i18n.t('import.resume.text', { percent: String(Math.floor(one.share * 100)) })}
    >
      {sending?.error && <ProblemBanner error={sending.error} />}
      {sending && (
        <div>
          <Button look="primary" icon={RefreshCw} onClick={() => void goOn(sending.file)}>
            {i18n.t('import.resume.button')}
          </Button>
        </div>
      )}
      <ImportFile
        label={i18n.t('import.resume.file')}
        hint={i18n.t('import.resume.hint')}
        error={wrong ? i18n.t('import.resume.wrong') : undefined}
        onChoose={(file) => void goOn(file)}
      />
    </Card>
  );
}
