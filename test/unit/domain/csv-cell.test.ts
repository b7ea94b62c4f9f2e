import { expect, test } from 'vitest';
import { csvCell } from '../../../utils/domain/csv-cell.ts';

test.each([
  ['Firma', '"Firma"'],
  ['a "b", c', '"a ""b"", c"'],
  ['=1+1', `"'=1+1"`],
  ['@cmd', `"'@cmd"`],
])('writes %s as %s', (text, cell) => expect(csvCell(text)).toBe(cell));
