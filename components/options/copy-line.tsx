import { useId, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './copy-line.module.css';

/** A text that is to be entered elsewhere, exactly as it is. */
export function CopyLine({ label, value }: { label: string; value: string }) {
  const id = useId();
  const announce = useAnnounce();
  const [result, setResult] = useState<string>();
  const say = (text: string) => {
    setResult(text);
    announce(text);
  };
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => say(i18n.t('options.diagnostics.copied')),
      () => say(i18n.t('options.diagnostics.notCopied')),
    );
  return (
    <div className={styles.line}>
      <p id={id} className={styles.label}>
        {label}
      </p>
      <div className={styles.value}>
        <code className={styles.text}>{value}</code>
        <Button small icon={Copy} aria-describedby={id} onClick={() => void copy()}>
          {i18n.t('options.sources.copy')}
        </Button>
        <span>{result}</span>
      </div>
    </div>
  );
}
