/** The canonical stages in the order a lead passes them; the last two leave the path. Without zod, for the panel. */
export const STAGES = [
  'inquiry',
  'lead',
  'mql',
  'sal',
  'sql',
  'opportunity',
  'customer',
  'recycled',
  'disqualified',
] as const;
