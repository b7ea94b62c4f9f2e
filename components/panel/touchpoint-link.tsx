import { i18n } from '../ui/i18n.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';
import { Ago } from '../ui/ago.tsx';
import { UserName } from '../ui/user-text.tsx';
import { useLead } from './lead-scope.ts';
import { useMarkedTouchpoint } from './marked-touchpoint.tsx';
import { sourceLabel } from './source-label.ts';
import styles from './touchpoint-link.module.css';

interface Props {
  touchpoint: {
    touchpointId: string;
    touchpointKind: TouchpointKind;
    title: string;
    at: string;
    source: string;
  };
}

/** A touchpoint named elsewhere: what, where from, when; leads to it in the timeline where that shows it. */
export function TouchpointLink({ touchpoint: { touchpointId, touchpointKind, title, at, source } }: Props) {
  const { context } = useLead();
  const { show } = useMarkedTouchpoint();
  const what = i18n.t(`touchpoint.${touchpointKind}`);
  const text = title ? `${what}: ${title}` : what;
  const isShown = context.touchpoints.some(({ id }) => id === touchpointId);
  return (
    <span className={styles.touchpoint}>
      {isShown ? (
        <button
          type="button"
          className={styles.link}
          title={i18n.t('why.show')}
          onClick={() => show(touchpointId)}
        >
          <UserName text={text} />
        </button>
      ) : (
        <UserName text={text} />
      )}
      <span className={styles.when}>
        {i18n.t('why.via', { source: sourceLabel(source, context.sources) })}, <Ago at={at} />
        {!isShown && <span className="visually-hidden">, {i18n.t('why.notShown')}</span>}
      </span>
    </span>
  );
}
