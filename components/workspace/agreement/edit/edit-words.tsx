import { i18n } from '../../../ui/i18n.ts';
import type { Term } from '../../../../utils/contract/agreement.ts';
import { localText } from '../../../ui/language.ts';
import { LocalField } from './fields.tsx';
import { at, type Lens, newId } from './lens.ts';
import { ListEditor } from './list-editor.tsx';

export function EditWords({ lens }: { lens: Lens<Term[]> }) {
  return (
    <ListEditor
      lens={lens}
      nameOf={({ term }) => localText(term)}
      add={i18n.t('agreement.edit.add.word')}
      make={() => ({
        id: newId('word', lens.value),
        term: { en: '', de: '' },
        definition: { en: '', de: '' },
      })}
      ordered
    >
      {(word) => (
        <>
          <LocalField lens={at(word, 'term')} label={i18n.t('agreement.edit.word')} />
          <LocalField lens={at(word, 'definition')} label={i18n.t('agreement.edit.definition')} long />
        </>
      )}
    </ListEditor>
  );
}
