import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Feedback } from '../../../utils/contract/feedback.ts';
import { MOST_AT_ONCE } from '../../../utils/contract/inbox.ts';
import { type InboxActions, newReplyId } from '../../../utils/queries/use-inbox-actions.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import type { Draft, Kind } from './answer-form.tsx';

/** What the user is at in the list: where they are, what is open, selected and half written. */
export function useInboxWork(items: readonly Feedback[], actions: InboxActions, mayAct: boolean) {
  const announce = useAnnounce();
  const [place, setPlace] = useState<{ id: string; index: number }>();
  const [openId, setOpenId] = useState<string>();
  const [selected, setSelected] = useState<ReadonlyMap<string, string>>(new Map());
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  // Which element takes the focus, and how often one did: the same one may have to again.
  const [focus, setFocus] = useState<{ on: 'row' | 'field'; count: number }>({ on: 'row', count: 0 });
  const [withdrawn, setWithdrawn] = useState(0);

  const found = place ? items.findIndex(({ id }) => id === place.id) : -1;
  // What was answered may leave the list: the next one takes its place.
  const index = found >= 0 || !place ? found : Math.min(place.index, items.length - 1);
  const current = items[index];
  const takeFocus = (on: 'row' | 'field') => setFocus(({ count }) => ({ on, count: count + 1 }));
  const failed = () => {
    announce(i18n.t('inbox.failed'));
    return false;
  };
  const open = (feedback: Feedback, at: number) => {
    setPlace({ id: feedback.id, index: at });
    setOpenId(feedback.id);
    if (mayAct && feedback.state === 'new') actions.see.mutate(feedback.id, { onError: failed });
  };

  return {
    index,
    current,
    openId,
    selected,
    focus,
    withdrawn,
    draftOf: (id: string): Draft => drafts[id] ?? { id: '', kind: 'answer', text: '' },
    move(by: 1 | -1) {
      const next = Math.max(0, Math.min(items.length - 1, index < 0 ? 0 : index + by));
      const feedback = items[next];
      if (!feedback) return;
      setPlace({ id: feedback.id, index: next });
      takeFocus('row');
    },
    toggle(feedback: Feedback, at: number) {
      if (openId !== feedback.id) return open(feedback, at);
      setPlace({ id: feedback.id, index: at });
      setOpenId(undefined);
    },
    write(kind: Kind) {
      if (!current || !mayAct || current.state === 'withdrawn') return;
      open(current, index);
      setDrafts((now) => ({ ...now, [current.id]: { ...(now[current.id] ?? newDraft()), kind } }));
      takeFocus('field');
    },
    // What was changed is something else to send: the hub may have got what it was before.
    draft: (id: string, draft: Draft) =>
      setDrafts((now) => ({ ...now, [id]: { ...draft, id: newReplyId() } })),
    leave: () => takeFocus('row'),
    select(feedback: Feedback | undefined = current) {
      if (!feedback || !mayAct || feedback.state === 'withdrawn') return;
      const { id } = feedback;
      if (!selected.has(id) && selected.size === MOST_AT_ONCE) {
        announce(i18n.t('inbox.bulk.most', { count: MOST_AT_ONCE }));
        return;
      }
      const next = new Map(selected);
      if (!next.delete(id)) next.set(id, newReplyId());
      setSelected(next);
      announce(i18n.t('inbox.bulk.selected', next.size));
    },
    clear: () => setSelected(new Map()),
    send: (feedbackId: string, { id, kind, text }: Draft): Promise<boolean> =>
      actions.reply.mutateAsync({ feedbackId, id, text, ...(kind !== 'answer' && { kind }) }).then(() => {
        setDrafts((now) => ({ ...now, [feedbackId]: newDraft() }));
        announce(i18n.t(`inbox.sent.${kind}`));
        takeFocus('row');
        return true;
      }, failed),
    sendToSelected: (text: string, kind: 'acted' | undefined): Promise<boolean> =>
      actions.replyToMany
        .mutateAsync({
          to: [...selected].map(([feedbackId, id]) => ({ feedbackId, id })),
          text,
          ...(kind && { kind }),
          key: newReplyId(),
        })
        .then((result) => {
          setSelected(new Map());
          setWithdrawn(result.withdrawn.length);
          announce(i18n.t('inbox.bulk.sent', result.replied.length));
          return true;
        }, failed),
  };
}

const newDraft = (): Draft => ({ id: newReplyId(), kind: 'answer', text: '' });
