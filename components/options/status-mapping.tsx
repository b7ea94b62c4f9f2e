import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Source, SourceStatuses, StatusMapping as Mapping } from '../../utils/contract/source.ts';
import { Stage } from '../../utils/contract/stage.ts';
import { useAgreement } from '../../utils/queries/use-panel-data.ts';
import { useStatuses, useStatusPreview } from '../../utils/queries/use-sources.ts';
import { Button } from '../ui/button.tsx';
import { format } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { stageLabel } from '../ui/stage-label.ts';
import { UserName } from '../ui/user-text.tsx';
import { failureText } from './channel-words.ts';
import { MappingEffect } from './mapping-effect.tsx';
import styles from './status-mapping.module.css';

type Status = SourceStatuses['statuses'][number];

interface Props {
  source: Source;
  onSave: (mapping: { system: string; mappings: Mapping[] }) => Promise<unknown>;
}

/** Which stage each of a system's own statuses stands for. */
export function StatusMapping({ source: { system, label }, onSave }: Props) {
  const { data, error } = useStatuses(system);
  if (!data) return <p>{error ? failureText(error) : i18n.t('options.sources.asking')}</p>;
  if (data.length === 0) return <p>{i18n.t('options.sources.noStatuses', { label })}</p>;
  return <MappingForm system={system} label={label} statuses={data} onSave={onSave} />;
}

function MappingForm({
  system,
  label,
  statuses,
  onSave,
}: {
  system: string;
  label: string;
  statuses: readonly Status[];
  onSave: Props['onSave'];
}) {
  const announce = useAnnounce();
  const answer = useAgreement().data;
  const agreement = answer?.ok ? answer.value : undefined;
  const [draft, setDraft] = useState<ReadonlyMap<string, Stage | null>>(new Map());
  const [said, setSaid] = useState<{ text: string; isBad: boolean }>();
  const nameOf = (stage: Stage) => stageLabel(stage, agreement);
  const mappings = changesOf(statuses, draft);
  const preview = useStatusPreview(system, mappings);
  const say = (text: string, isBad = false) => {
    setSaid({ text, isBad });
    announce(text);
  };
  const save = () =>
    onSave({ system, mappings }).then(
      () => {
        setDraft(new Map());
        say(i18n.t('options.sources.mapped'));
      },
      (error: unknown) => say(failureText(error), true),
    );
  return (
    <>
      <p className={styles.quiet}>{i18n.t('options.sources.mappingText', { label })}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('options.sources.status')}</th>
            <th scope="col">{i18n.t('options.sources.people')}</th>
            <th scope="col">{i18n.t('options.sources.stage')}</th>
          </tr>
        </thead>
        <tbody>
          {unmappedFirst(statuses).map(({ value, people, stage }) => {
            const chosen = draft.has(value) ? draft.get(value) : stage;
            return (
              <tr key={value} data-unmapped={stage === null}>
                <th scope="row">
                  <UserName text={value} lines={2} />
                </th>
                <td>{format().number(people)}</td>
                <td>
                  <select
                    className={styles.stage}
                    aria-label={i18n.t('options.sources.stageOf', { status: value })}
                    value={chosen ?? ''}
                    onChange={({ target }) => {
                      setSaid(undefined);
                      setDraft(new Map(draft).set(value, Stage.safeParse(target.value).data ?? null));
                    }}
                  >
                    <option value="">{i18n.t('options.sources.noStage')}</option>
                    {Stage.options.map((option) => (
                      <option key={option} value={option}>
                        {nameOf(option)}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {mappings.length > 0 && <MappingEffect preview={preview} nameOf={nameOf} />}
      <div className={styles.actions}>
        <Button
          look="primary"
          disabled={mappings.length === 0 || preview.isFetching}
          onClick={() => void save()}
        >
          {i18n.t('options.sources.saveMapping')}
        </Button>
        {mappings.length > 0 && (
          <Button onClick={() => setDraft(new Map())}>{i18n.t('action.cancel')}</Button>
        )}
        {said && <span className={said.isBad ? styles.bad : undefined}>{said.text}</span>}
      </div>
    </>
  );
}

/** What an administrator has to look at first; by what is stored, so that no row leaves while it is chosen. */
const unmappedFirst = (statuses: readonly Status[]) =>
  statuses.toSorted((one, other) => Number(one.stage !== null) - Number(other.stage !== null));

const changesOf = (statuses: readonly Status[], draft: ReadonlyMap<string, Stage | null>): Mapping[] =>
  statuses.flatMap(({ value, stage }) => {
    const chosen = draft.get(value);
    return chosen === undefined || chosen === stage ? [] : [{ value, stage: chosen }];
  });
