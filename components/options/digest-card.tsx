import { i18n } from '../ui/i18n.ts';
import { useMySettings, useSwitchDigest } from '../../utils/queries/use-channels.ts';
import { language } from '../ui/language.ts';
import { SwitchCard } from './switch-card.tsx';

/** Whether the hub sends the user its weekly mail. Nothing while the hub has not said so. */
export function DigestCard() {
  const settings = useMySettings().data;
  const { mutateAsync } = useSwitchDigest();
  if (!settings) return null;
  return (
    <SwitchCard
      anchor="digest"
      title={i18n.t('options.digest.title')}
      text={i18n.t('options.digest.text')}
      label={i18n.t('options.digest.send')}
      hint={i18n.t('options.digest.hint')}
      on={settings.digest}
      onChange={(digest) => mutateAsync({ digest, language: language() })}
    />
  );
}
