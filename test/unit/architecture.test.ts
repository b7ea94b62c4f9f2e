import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

const page = readFileSync('docs/architecture.md', 'utf8');
const [, picture = ''] = /```mermaid\n(.*?)```/su.exec(page) ?? [];

/** The box of the picture that a file belongs to. */
function boxOf(path: string): string {
  const [top = '', next = ''] = path.split('/');
  if (top === 'utils') return next;
  if (top !== 'entrypoints') return top;
  const program = next.replace(/\.ts$/u, '');
  return ['overlay', 'picker', 'background'].includes(program) ? program : 'pages';
}

/** Every import from one box to another: `a --> b`, or `a -.-> b` where all of them are of types. */
function importsInSource(): string[] {
  const typesOnly = new Map<string, boolean>();
  for (const file of globSync('{components,entrypoints,utils,server}/**/*.{ts,tsx}')) {
    const code = readFileSync(file, 'utf8');
    for (const [, type, from, bare] of code.matchAll(
      /^(?:import|export)\s+(type\s)?[^;]*?from\s+'(\.[^']+)'|^import '(\.[^']+)'/gmu,
    )) {
      const boxes = [boxOf(file), boxOf(normalize(join(dirname(file), from ?? bare!)))];
      if (boxes[0] === boxes[1]) continue;
      const edge = boxes.join(' ');
      typesOnly.set(edge, (typesOnly.get(edge) ?? true) && type !== undefined);
    }
  }
  return [...typesOnly].map(([edge, types]) => edge.replace(' ', types ? ' -.-> ' : ' --> ')).toSorted();
}

it('the picture has exactly the arrows of the source', () => {
  const drawn = [...picture.matchAll(/^ +(\w+ (?:-->|-\.->) \w+)$/gmu)].map(([, edge]) => edge!);
  expect(drawn.length).toBeGreaterThan(10);
  expect(drawn.toSorted()).toEqual(importsInSource());
});

it('the picture has exactly the boxes that there are, each with the folder it stands for', () => {
  const boxes = [...picture.matchAll(/^ +(\w+)\["([^<"]+)/gmu)].filter(
    ([line]) => !line.includes('subgraph'),
  );
  for (const [, box, name] of boxes) {
    if (box !== 'pages') expect(existsSync(name!.trim()), name).toBe(true);
  }
  const found = globSync('{components,entrypoints,utils,server}/**/*.{ts,tsx}').map(boxOf);
  expect(boxes.map(([, box]) => box).toSorted()).toEqual([...new Set(found)].toSorted());
});

it('every page that the browser starts is named', () => {
  const pages = globSync('entrypoints/*/index.html').map((path) => path.split('/')[1]!);
  const [, label = ''] = /pages\["([^"]+)"\]/u.exec(picture) ?? [];
  expect(pages.filter((name) => !label.includes(name))).toEqual([]);
});
