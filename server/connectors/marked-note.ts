/**
 * What a note carries so that it is found again when the answer to writing it was lost: a rep's verdict must not stand
 * there twice.
 */
export const noteMarker = (feedbackId: string): string => `tandem:${feedbackId}`;

/** The newest note that carries the marker. */
export const findMarked = <Note extends { text: string }>(
  notes: readonly Note[],
  feedbackId: string,
): Note | undefined => notes.find(({ text }) => text.includes(noteMarker(feedbackId)));

/** Text for a system that shows notes as HTML. */
export const asHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\r?\n/g, '<br>');
