import { i18n } from '../../ui/i18n.ts';
import type { Import } from '../../../utils/contract/import.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import { isBusy, useImport } from '../../../utils/queries/use-imports.ts';
import { Banner } from '../../ui/banner.tsx';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { ArrowLeft, CircleAlert, CloudOff, FileText } from '../../ui/icons.ts';
import { messageName } from '../../ui/language.ts';
import { Screen } from '../../ui/screen.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { UserName } from '../../ui/user-text.tsx';
import { ImportDelete } from './import-delete.tsx';
import { ImportFormatForm } from './import-format-form.tsx';
import { ImportMappingForm } from './import-mapping-form.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { ImportUpload } from './import-upload.tsx';
import { failureText } from './import-words.ts';
import styles from './import-view.module.css';

/** One file on its way in: what is happening to it, or what has to be said before it goes on. */
export function ImportDetail({ id }: { id: string }) {
  const { data, dataUpdatedAt, error, status, refetch } = useImport(id);
  const failure = error && (failureOf(error)?.kind ?? 'bug');
  return (
    <div className={styles.view} data-state={status}>
      <p className={styles.back}>
        <a href="#import">
          <ArrowLeft size={15} aria-hidden />
          {i18n.t('import.back')}
        </a>
      </p>
      {content()}
    </div>
  );

  function content() {
    if (failure === 'not-found') {
      return (
        <Screen icon={FileText} title={i18n.t('import.gone.title')} heading="h2">
          {i18n.t('import.gone.text')}
        </Screen>
      );
    }
    if (failure && (!data || failure === 'signed-out')) {
      return (
        <FailureScreen
          kind={failure}
          onRetry={() => void refetch()}
          onOpenOptions={() => void panelCommands.openOptions()}
          heading="h2"
        />
      );
    }
    if (!data) return <Skeleton width="100%" height="14rem" />;
    return (
      <>
        <div className={styles.head}>
          <h2 className={styles.name}>
            <UserName text={data.fileName} lines={2} />
          </h2>
          <span className={styles.kind}>{i18n.t(`import.kind.${data.kind}`)}</span>
          <ImportDelete import={data} small onDeleted={() => (location.hash = 'import')} />
        </div>
        {failure && (
          <Banner tone="warn" icon={CloudOff}>
            {i18n.t(`failure.${messageName(failure)}.title`)}
          </Banner>
        )}
        <Step import={data} at={dataUpdatedAt} />
      </>
    );
  }
}

function Step({ import: one, at }: { import: Import; at: number }) {
  const { state, format, mapping, columns } = one;
  if (state === 'uploading') return <ImportUpload import={one} at={at} />;
  if (isBusy(state)) return <ImportProgress import={one} at={at} />;
  // A mapping belongs to the columns it was made for.
  const reading = `${format?.encoding} ${format?.delimiter} ${format?.header} ${columns.length}`;
  const failed = state === 'failed';
  const mayMap = state !== 'done' && mapping !== undefined && (!failed || one.failure?.reason === 'internal');
  return (
    <>
      {failed && (
        <div role="alert" className={styles.alert}>
          <Banner tone="bad" icon={CircleAlert}>
            {failureText(one)}
          </Banner>
        </div>
      )}
      {(state === 'checked' || state === 'done') && <ImportResult import={one} />}
      {mayMap && <ImportMappingForm key={reading} import={one} />}
      {state !== 'done' && format && <ImportFormatForm key={`${reading} format`} import={one} />}
    </>
  );
}
