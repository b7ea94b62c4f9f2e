/** What people wrote: message bodies and quotes. Nothing in there says who is on the page (InboxSDK, 2026-07). */
export const BODY = 'div.ii.gt, div.a3s, .gmail_quote, blockquote';

/** A row of a list of conversations: one `tr`, in vertical split three (captured 2014 to 2025). */
export const ROW = 'tr.zA';
