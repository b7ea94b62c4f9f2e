const TOKEN =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<word>True|False|None)|(?<mark>[[\](),]))/uy;
const WORDS: Partial<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
const MARKS: Partial<Record<string, string>> = { '(': '[', ')': ']' };
const ESCAPES: Partial<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Reads a list as Python writes it, such as a domain in a field; undefined for anything that is not only data. */
export function parsePythonList(source: string): unknown[] | undefined {
  const text = source.trim();
  let json = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.groups;
    if (token === undefined) return undefined;
    const { text: quoted, number, word, mark } = token;
    if (quoted !== undefined) json += JSON.stringify(unescaped(quoted.slice(1, -1)));
    else json += number ?? WORDS[word ?? ''] ?? MARKS[mark ?? ''] ?? mark ?? '';
  }
  try {
    // Python allows a comma behind the last one.
    const value: unknown = JSON.parse(withoutLastCommas(json));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const unescaped = (text: string) =>
  text.replaceAll(
    /\\(?:u([\da-f]{4})|x([\da-f]{2})|(.))/giu,
    (_all, four: string, two: string, one: string) =>
      one === undefined ? String.fromCharCode(parseInt(four ?? two, 16)) : (ESCAPES[one] ?? one),
  );

/** Commas within texts stay: a text is either the first alternative or passed over. */
const withoutLastCommas = (json: string) =>
  json.replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\])/gu, (_all, text: string | undefined) => text ?? '');
