import type { Role } from '../../utils/contract/session.ts';

export const COMPANY = { name: 'Nordlicht Systems', domain: 'nordlicht.example' };

/** The fictional vendor's people; drafts name them by their position here. */
export const team: readonly { name: string; role: Role }[] = [
  { name: 'Alex Winter', role: 'admin' },
  { name: 'Jonas Petersen', role: 'rep' },
  { name: 'Femke Jansen', role: 'rep' },
  { name: 'Oliver Grant', role: 'rep' },
  { name: 'Mara Lindqvist', role: 'marketer' },
  { name: 'Tobias Keller', role: 'marketer' },
  { name: 'Priya Shah', role: 'marketer' },
  { name: 'Henrike Voss', role: 'manager' },
  { name: 'Sofia Albrecht', role: 'manager' },
];

export const ALEX = 0;
/** Who sells where. */
export const repsOf: Record<string, readonly number[]> = {
  DE: [0, 1],
  AT: [0, 1],
  CH: [1],
  NL: [2],
  BE: [2],
  LU: [2, 0],
  GB: [3, 0],
};
export const marketers = [4, 5, 6] as const;
