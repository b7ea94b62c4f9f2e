import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Import, ImportProblem } from '../../../utils/contract/import.ts';
import { csvCell } from '../../../utils/domain/csv-cell.ts';
import { allProblems, useImportProblems } from '../../../utils/queries/use-imports.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Download } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { UserName, UserText } from '../../ui/user-text.tsx';
import entries from '../entries.module.css';
import styles from './import-result.module.css';
import { problemText } from './import-words.ts';
import { ProblemBanner } from '../problem-banner.tsx';

/** The bad rows by number, column and reason, a page at a time; all of them as a file. */
export function ImportProblems({ import: { id, fileName } }: { import: Import }) {
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useImportProblems(id);
  const problems = data?.pages.flatMap((page) => page.problems) ?? [];
  const download = async () => {
    setBusy(true);
    try {
      saveFile(
        csvOf(await allProblems(id)),
        i18n.t('import.problems.fileName', { name: fileName }),
        'text/csv',
      );
    } catch {
      announce(i18n.t('import.failed'));
    }
    setBusy(false);
  };
  return (
    <Card title={i18n.t('import.problems.title')} text={i18n.t('import.problems.text')}>
      <div>
        <Button icon={Download} disabled={busy} onClick={() => void download()}>
          {i18n.t('import.problems.download')}
        </Button>
      </div>
      {error && <ProblemBanner error={error} />}
      {isPending && <Skeleton width="100%" height="8rem" />}
      {problems.length > 0 && (
        <table className={entries.table}>
          <thead>
            <tr>
              {headings().map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, index) => (
              <tr key={index} data-problem={problem.reason}>
                <th scope="row">{format().number(problem.row)}</th>
                <td>
                  {problem.column === undefined ? (
                    i18n.t('import.problems.wholeRow')
                  ) : (
                    <UserName text={problem.column} lines={2} />
                  )}
                </td>
                <td>
                  <UserText text={problemText(problem)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <div className={styles.next}>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {i18n.t('inbox.loadMore')}
          </Button>
        </div>
      )}
    </Card>
  );
}

const headings = () => [
  i18n.t('import.problems.row'),
  i18n.t('import.problems.column'),
  i18n.t('import.problems.reason'),
];

/** The mark at the beginning tells spreadsheets that it is UTF-8. */
function csvOf(problems: readonly ImportProblem[]): string {
  const lines = problems.map((problem) =>
    [String(problem.row), csvCell(problem.column ?? ''), csvCell(problemText(problem))].join(','),
  );
  return `\uFEFF${[headings().map(csvCell).join(','), ...lines].join('\r\n')}\r\n`;
}
