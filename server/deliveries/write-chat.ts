import type { ChatMessage } from './chat-message.ts';

/** Slack takes 3000 characters in a section and Teams 28 kB in all; nobody reads more in a chat. */
const LONGEST_VALUE = 1_000;

/** The body for an incoming webhook of Slack. People's words cannot mention anybody or hide a link in it. */
export function slackBody({ title, facts }: ChatMessage): object {
  const heading = `*${slackText(title)}*`;
  const lines = facts.map(({ label, value }) => `*${slackText(label)}:* ${slackText(cut(value))}`);
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
  return { text: slackText(title), blocks: [section(heading), ...lines.map(section)] };
}

/** The three characters that Slack gives a meaning, written as it wants them. */
const slackText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The body for a webhook of Teams' Workflows: an Adaptive Card. Its text runs know no Markdown, so nothing is escaped. */
export function teamsBody({ title, facts }: ChatMessage): object {
  const block = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines });
  const run = (text: string, more: object = {}) => ({ type: 'TextRun', text, ...more });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(run(title, { weight: 'Bolder', size: 'Medium' })),
            ...facts.map(({ label, value }) =>
              block(run(`${label}: `, { weight: 'Bolder' }), run(cut(value))),
            ),
          ],
        },
      },
    ],
  };
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST_VALUE ? `${characters.slice(0, LONGEST_VALUE).join('')} …` : text;
}
