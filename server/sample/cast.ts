import type { PersonDraft } from './draft.ts';
import { english } from './cast-english.ts';
import { german } from './cast-german.ts';

/** The leads who write to Alex in the sample Gmail, with stories told by hand. */
export const cast: readonly PersonDraft[] = [...german, ...english];
