import { useRef, type ReactNode } from 'react';
import { i18n } from '../../../ui/i18n.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { drawAndFocus } from '../../../ui/focus.ts';
import { ArrowDown, ArrowUp, Plus, Trash } from '../../../ui/icons.ts';
import { useAnnounce } from '../../../ui/live-region.tsx';
import text from '../../../ui/text-field.module.css';
import { useError } from './draft-errors.ts';
import styles from './edit.module.css';
import { each, type Lens, moved } from './lens.ts';

interface Props<T> {
  lens: Lens<T[]>;
  /** What a part is called for those who do not see it: "Reason “No budget”". */
  nameOf: (part: T, index: number) => string;
  /** What the button says that adds one. */
  add: string;
  make: () => T;
  /** Fields of one. */
  children: (part: Lens<T>, index: number) => ReactNode;
  /** Where the order says something. */
  ordered?: boolean;
  /** Small parts, one below the other without lines. */
  compact?: boolean;
  /** Fewer than so many cannot be. */
  least?: number;
}

/** A list whose parts are edited, added, removed and, where the order counts, moved. */
export function ListEditor<T>({
  lens,
  nameOf,
  add,
  make,
  children,
  ordered = false,
  compact = false,
  least = 0,
}: Props<T>) {
  const announce = useAnnounce();
  const list = useRef<HTMLOListElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const error = useError(lens.path);
  const parts = each(lens);
  const move = (from: number, by: number, name: string) => {
    lens.set(moved(lens.value, from, by));
    announce(i18n.t('agreement.edit.moved', { name, place: from + by + 1 }));
  };
  const addOne = () =>
    drawAndFocus(
      () => lens.set([...lens.value, make()]),
      () => list.current?.lastElementChild?.querySelector<HTMLElement>('input, textarea, select'),
    );
  return (
    <div className={compact ? styles.compact : styles.parts}>
      <ol className={styles.list} ref={list}>
        {parts.map((part, index) => {
          const name = nameOf(part.value, index).slice(0, 80);
          return (
            <li key={index} className={styles.part}>
              <div className={styles.fields}>{children(part, index)}</div>
              <div className={styles.tools}>
                {ordered && (
                  <>
                    <IconButton
                      icon={ArrowUp}
                      label={i18n.t('agreement.edit.up', { name })}
                      disabled={index === 0}
                      onClick={() => move(index, -1, name)}
                    />
                    <IconButton
                      icon={ArrowDown}
                      label={i18n.t('agreement.edit.down', { name })}
                      disabled={index === parts.length - 1}
                      onClick={() => move(index, 1, name)}
                    />
                  </>
                )}
                <IconButton
                  icon={Trash}
                  label={i18n.t('agreement.edit.remove', { name })}
                  disabled={parts.length <= least}
                  onClick={() => {
                    lens.set(lens.value.toSpliced(index, 1));
                    announce(i18n.t('agreement.edit.removed', { name }));
                    adding.current?.focus();
                  }}
                />
              </div>
            </li>
          );
        })}
      </ol>
      {error && <p className={text.error}>{error}</p>}
      <div>
        <Button small icon={Plus} ref={adding} onClick={addOne}>
          {add}
        </Button>
      </div>
    </div>
  );
}
