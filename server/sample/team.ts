import type { Role, Team } from '../../utils/contract/session.ts';

export const COMPANY = { name: 'Nordlicht Systems', domain: 'nordlicht.example' };

/** The fictional vendor's people, a manager on each side; drafts name them by their position here. */
export const team: readonly { name: string; role: Role; team: Team }[] = [
  { name: 'Alex Winter', role: 'admin', team: 'sales' },
  { name: 'Jonas Petersen', role: 'rep', team: 'sales' },
  { name: 'Femke Jansen', role: 'rep', team: 'sales' },
  { name: 'Oliver Grant', role: 'rep', team: 'sales' },
  { name: 'Mara Lindqvist', role: 'marketer', team: 'marketing' },
  { name: 'Tobias Keller', role: 'marketer', team: 'marketing' },
  { name: 'Priya Shah', role: 'marketer', team: 'marketing' },
  { name: 'Henrike Voss', role: 'manager', team: 'sales' },
  { name: 'Sofia Albrecht', role: 'manager', team: 'marketing' },
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
