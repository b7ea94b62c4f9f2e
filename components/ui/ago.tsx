import { format } from './language.ts';
import { useNow } from './use-now.ts';

/** How long ago something was; the full date and time on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={format().moment(at)}>
      {format().ago(at, now)}
    </time>
  );
}
