/** So much of what somebody wrote; who wants the rest opens Tandem. */
const LONGEST_ITEM = 200;

/** One thing that a week comes to: what it is, and how much of it or which. */
export type DigestLine = { label: string; value: string } | { label: string; items: string[] };

/** Lines as a mail shows them, lists apart from the rest. */
export const mailText = (lines: readonly DigestLine[]): string =>
  lines
    .map((line) =>
      'items' in line
        ? `\n${[`${line.label}:`, ...line.items.map((item) => `- ${cut(item)}`)].join('\n')}\n`
        : `${line.label}: ${cut(line.value)}`,
    )
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

/** A line as a chat shows it. */
export const chatFact = (line: DigestLine): { label: string; value: string } => ({
  label: line.label,
  value: 'items' in line ? line.items.map(cut).join('; ') : cut(line.value),
});

/** On one line, so that nobody's words or names look like lines of ours. */
function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > LONGEST_ITEM ? `${characters.slice(0, LONGEST_ITEM).join('')} …` : line;
}
