import { useEffect, useEffectEvent, useState } from 'react';

export const inboxKeys = ['j', 'k', 'r', 'q', 'a', 'x', '?'] as const;
export type InboxKey = (typeof inboxKeys)[number];

/** Where letters are letters. */
const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog]';
const OFF = 'inbox-keys-off';

/** Listens to the inbox's single keys, unless the user types, or has switched them off in this browser. */
export function useInboxKeys(onKey: (key: InboxKey) => void) {
  const [active, setActive] = useState(() => localStorage.getItem(OFF) === null);
  const listen = useEffectEvent((event: KeyboardEvent) => {
    const { target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    const key = inboxKeys.find((each) => each === event.key);
    if (!active || key === undefined || ctrlKey || metaKey || altKey || defaultPrevented) return;
    if (target instanceof Element && target.closest(TYPING)) return;
    event.preventDefault();
    onKey(key);
  });
  useEffect(() => {
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  const change = (next: boolean) => {
    if (next) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '');
    setActive(next);
  };
  return { active, setActive: change };
}
