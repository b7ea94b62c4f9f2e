import { Document, isScalar, visit } from 'yaml';
import type { AgreementFormat } from '../../utils/contract/agreement.ts';

const LINE_WIDTH = 100;
const SHORT_LIST = 70;

/** A document of an agreement as text, to read and to edit; its keys stay in their order. */
export function writeDocument(document: unknown, format: AgreementFormat): string {
  if (format === 'json') return `${JSON.stringify(document, null, 2)}\n`;
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  // Short lists on one line: `[marketing, rule]` reads better than three lines.
  visit(yaml, {
    Seq(_key, node) {
      const length = JSON.stringify(node).length;
      if (length <= SHORT_LIST && node.items.every(isScalar)) node.flow = true;
    },
  });
  return yaml.toString({ lineWidth: LINE_WIDTH, flowCollectionPadding: false });
}
