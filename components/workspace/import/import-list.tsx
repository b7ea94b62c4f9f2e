import { i18n } from '../../ui/i18n.ts';
import type { ImportSummary } from '../../../utils/contract/import.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import { isBusy, useImports } from '../../../utils/queries/use-imports.ts';
import { Ago } from '../../ui/ago.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import facts from '../../ui/facts.module.css';
import { CloudOff } from '../../ui/icons.ts';
import { format, messageName } from '../../ui/language.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { UserName } from '../../ui/user-text.tsx';
import entries from '../entries.module.css';
import { ImportDelete } from './import-delete.tsx';
import styles from './import-list.module.css';

/** Earlier imports, newest first. */
export function ImportList() {
  const { data: imports, isError, error, status } = useImports();
  return (
    <Card title={i18n.t('import.list.title')} text={i18n.t('import.list.text')}>
      {isError && (
        <Banner tone="warn" icon={CloudOff}>
          {i18n.t(`failure.${messageName(failureOf(error)?.kind ?? 'bug')}.title`)}
        </Banner>
      )}
      {status === 'pending' && <Skeleton width="100%" height="4rem" />}
      {imports?.length === 0 && <p>{i18n.t('import.list.empty')}</p>}
      {imports && imports.length > 0 && (
        <ol className={entries.list} data-state="success">
          {imports.map((one) => (
            <Row key={one.id} import={one} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Row({ import: one }: { import: ImportSummary }) {
  const { id, kind, fileName, state, by, at, rows, bad } = one;
  const { number } = format();
  return (
    <li className={styles.row} data-import-id={id}>
      <div className={styles.what}>
        <h3 className={styles.name}>
          <a href={`#import/${id}`}>
            <UserName text={fileName} />
          </a>
        </h3>
        <p className={facts.facts}>
          <span className={styles.state} data-import-state={state}>
            {i18n.t(`import.state.${state}`)}
            {isBusy(state) && state !== 'uploading' && ` ${Math.floor(one.share * 100)} %`}
          </span>
          <span>{i18n.t(`import.kind.${kind}`)}</span>
          {rows > 0 && <span>{i18n.t('import.list.rows', { rows: number(rows) })}</span>}
          {bad > 0 && <span>{i18n.t('import.list.bad', { rows: number(bad) })}</span>}
          <span>
            <UserName text={i18n.t('import.list.by', { name: by.name })} />
          </span>
          <Ago at={at} />
        </p>
      </div>
      <ImportDelete import={one} small />
    </li>
  );
}
