import type { Site } from './site.ts';

export const gmail: Site = {
  id: 'gmail',
  label: 'Gmail',
  matches: ['https://mail.google.com/*'],
  dock: { top: 64, right: 56, bottom: 0 },
  read: () => null,
  root: (document) => document.body,
  attributes: ['style', 'class', 'email', 'data-hovercard-id'],
  route: (url) => url.pathname + url.hash.replace(/\?compose=.*$/u, ''),
};
