import type { ReactNode } from 'react';
import type { Agreement, AgreementDocument } from '../../../../utils/contract/agreement.ts';
import { AgreementCalendars } from '../agreement-calendars.tsx';
import { AgreementFigures } from '../agreement-figures.tsx';
import { AgreementProfile } from '../agreement-profile.tsx';
import { AgreementReasons } from '../agreement-reasons.tsx';
import { AgreementSla } from '../agreement-sla.tsx';
import { AgreementStages } from '../agreement-stages.tsx';
import { AgreementWords } from '../agreement-words.tsx';
import { Errors } from './draft-errors.ts';
import { EditCalendars } from './edit-calendars.tsx';
import { EditFigures } from './edit-figures.tsx';
import { EditProfile } from './edit-profile.tsx';
import { EditReasons } from './edit-reasons.tsx';
import { EditSla } from './edit-sla.tsx';
import { EditStages } from './edit-stages.tsx';
import { EditWords } from './edit-words.tsx';
import { EditablePart } from './editable-part.tsx';
import { at, type Lens } from './lens.ts';
import type { DraftState } from './use-agreement-draft.ts';

interface Part {
  part: EditablePart;
  /** What of the document it shows. */
  holds: readonly (keyof AgreementDocument)[];
  read: (agreement: Agreement, aside: ReactNode) => ReactNode;
  edit: (lens: Lens<AgreementDocument>) => ReactNode;
}

const parts: readonly Part[] = [
  {
    part: 'stages',
    holds: ['stages'],
    read: (agreement, aside) => <AgreementStages agreement={agreement} aside={aside} />,
    edit: (lens) => <EditStages lens={at(lens, 'stages')} />,
  },
  {
    part: 'reasons',
    holds: ['reasons', 'returnNeedsReason'],
    read: (agreement, aside) => <AgreementReasons agreement={agreement} aside={aside} />,
    edit: (lens) => <EditReasons lens={lens} />,
  },
  {
    part: 'sla',
    holds: ['sla'],
    read: (agreement, aside) => <AgreementSla agreement={agreement} aside={aside} />,
    edit: (lens) => <EditSla lens={lens} />,
  },
  {
    part: 'calendars',
    holds: ['calendars'],
    read: (agreement, aside) => <AgreementCalendars agreement={agreement} aside={aside} />,
    edit: (lens) => <EditCalendars lens={at(lens, 'calendars')} />,
  },
  {
    part: 'targets',
    holds: ['targets', 'expiry', 'validUntil'],
    read: (agreement, aside) => <AgreementFigures agreement={agreement} aside={aside} />,
    edit: (lens) => <EditFigures lens={lens} />,
  },
  {
    part: 'profile',
    holds: ['profile', 'engagement', 'tiers'],
    read: (agreement, aside) => <AgreementProfile agreement={agreement} aside={aside} />,
    edit: (lens) => <EditProfile lens={lens} />,
  },
  {
    part: 'words',
    holds: ['glossary'],
    read: (agreement, aside) => <AgreementWords agreement={agreement} aside={aside} />,
    edit: (lens) => <EditWords lens={at(lens, 'glossary')} />,
  },
];

/** The agreement part by part, as this user's draft has it. */
export function AgreementParts({
  agreement,
  draft,
  editable,
}: {
  agreement: Agreement;
  draft: DraftState;
  editable: boolean;
}) {
  const shown = { ...agreement, ...draft.document };
  const touched = new Set(draft.changes.map(({ path }) => path[0]));
  return (
    <Errors value={draft.errors}>
      {parts.map(({ part, holds, read, edit }) => (
        <EditablePart
          key={part}
          part={part}
          editable={editable}
          changed={holds.some((name) => touched.has(name))}
          read={(aside) => read(shown, aside)}
          edit={edit(draft.lens)}
        />
      ))}
    </Errors>
  );
}
