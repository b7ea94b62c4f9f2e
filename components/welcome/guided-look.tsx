import { useEffect, useRef, useState } from 'react';
import { SampleMail } from '../sample/sample-mail.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { i18n } from '../ui/i18n.ts';
import { ArrowLeft, LogIn, Sparkles } from '../ui/icons.ts';
import styles from './guided-look.module.css';
import { StepButtons } from './step-buttons.tsx';

/** The parts of the panel that are shown, by their `data-part`. */
const hints = ['who', 'status', 'why', 'timeline'] as const;

interface Props {
  connected: boolean;
  onConnect: () => void;
  onBack: () => void;
  onNext: () => void;
}

/** A sample mail with the panel beside it, explained part by part. */
export function GuidedLook({ connected, onConnect, onBack, onNext }: Props) {
  const [at, setAt] = useState(0);
  const frame = useRef<HTMLIFrameElement>(null);
  const words = useRef<HTMLElement>(null);
  const hint = hints[at]!;
  const isLast = at === hints.length - 1;
  useEffect(() => pointAt(frame.current, hint), [hint]);
  const show = (next: number) => {
    setAt(next);
    words.current?.focus();
  };
  return (
    <>
      <div className={styles.look}>
        <div className={styles.notice}>
          <Banner
            tone="info"
            icon={Sparkles}
            action={
              !connected && (
                <Button small icon={LogIn} onClick={onConnect}>
                  {i18n.t('welcome.connect')}
                </Button>
              )
            }
          >
            {i18n.t('welcome.look.sample')}
          </Banner>
        </div>
        <section
          ref={words}
          tabIndex={-1}
          className={styles.hint}
          data-hint={hint}
          aria-labelledby="hint-title"
          aria-describedby="hint-text"
        >
          <div>
            <p className={styles.count}>{i18n.t('welcome.look.count', { at: at + 1, of: hints.length })}</p>
            <h2 id="hint-title" className={styles.title}>
              {i18n.t(`welcome.look.${hint}.title`)}
            </h2>
            <p id="hint-text">{i18n.t(`welcome.look.${hint}.text`)}</p>
          </div>
          <div className={styles.buttons}>
            <Button look="quiet" icon={ArrowLeft} onClick={() => (at === 0 ? onBack() : show(at - 1))}>
              {i18n.t('welcome.back')}
            </Button>
            <Button look="primary" onClick={() => (isLast ? onNext() : show(at + 1))}>
              {i18n.t(isLast ? 'welcome.look.finish' : 'welcome.look.next')}
            </Button>
          </div>
        </section>
        <div className={styles.mail}>
          <SampleMail />
        </div>
        <div className={styles.dock}>
          <iframe
            ref={frame}
            className={styles.panel}
            src="/sample.html"
            title={i18n.t('dock.label')}
            onLoad={() => pointAt(frame.current, hint)}
          />
        </div>
      </div>
      {!isLast && <StepButtons onNext={onNext} reached={false} />}
    </>
  );
}

/** Marks a part of the panel, and brings it into sight there. */
function pointAt(frame: HTMLIFrameElement | null, part: string): void {
  const page = frame?.contentDocument;
  page?.documentElement.setAttribute('data-hint', part);
  const element = page?.querySelector<HTMLElement>(`[data-part=${part}]`);
  element?.closest('main')?.scrollTo({ top: element.offsetTop });
}
