import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { ImportKind, MAX_IMPORT_BYTES } from '../../../utils/contract/import.ts';
import { useImportActions } from '../../../utils/queries/use-imports.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Upload } from '../../ui/icons.ts';
import styles from './import-choose.module.css';
import { ImportFile } from './import-file.tsx';
import { ProblemBanner } from '../problem-banner.tsx';

/** Takes a file and what is in it, and begins to send it. */
export function ImportChoose() {
  const name = useId();
  const { announce, send } = useImportActions();
  const [kind, setKind] = useState<ImportKind>('people');
  const [file, setFile] = useState<File>();
  const unusable = file && unusableReason(file);
  const begin = (chosen: File) =>
    announce.mutate(
      { file: chosen, kind },
      {
        onSuccess: (id) => {
          send.mutate({ id, file: chosen });
          location.hash = `import/${id}`;
        },
      },
    );
  return (
    <Card title={i18n.t('import.choose.title')} text={i18n.t('import.choose.text')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (file && !unusable) begin(file);
        }}
      >
        <fieldset className={styles.kinds}>
          <legend className={styles.legend}>{i18n.t('import.choose.kind')}</legend>
          {ImportKind.options.map((option) => (
            <label key={option} className={styles.kind}>
              <input type="radio" name={name} checked={option === kind} onChange={() => setKind(option)} />
              {i18n.t(`import.kind.${option}`)}
            </label>
          ))}
        </fieldset>
        <ImportFile
          label={i18n.t('import.choose.file')}
          hint={i18n.t('import.choose.hint')}
          error={unusable}
          onChoose={setFile}
        />
        {announce.isError && <ProblemBanner error={announce.error} />}
        <div>
          <Button
            type="submit"
            look="primary"
            icon={Upload}
            disabled={!file || unusable !== undefined || announce.isPending}
          >
            {i18n.t('import.choose.send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function unusableReason({ size }: File): string | undefined {
  if (size === 0) return i18n.t('import.failure.empty');
  return size > MAX_IMPORT_BYTES ? i18n.t('import.choose.tooLarge') : undefined;
}
