import { asciiLabel } from './companies.ts';
import type { Company } from './companies.ts';
import { namesOf, titlesOf } from './names.ts';
import type { Random } from './random.ts';

/** Somebody of a company, with addresses nobody else has; `addresses` holds those in use and gains theirs. */
export function makeIdentity(random: Random, { country, language, domain }: Company, addresses: Set<string>) {
  const { women, men, last } = namesOf[country] ?? { women: [], men: [], last: [] };
  const isWoman = random.chance(0.42);
  for (;;) {
    const first = random.pick(isWoman ? women : men);
    const family = random.pick(last);
    const local = `${asciiLabel(first)}.${asciiLabel(family)}`;
    const email = `${local}@${domain}`;
    if (addresses.has(email)) continue;
    const short = `${local.charAt(0)}.${asciiLabel(family)}@${domain}`;
    const emails = random.chance(0.05) && !addresses.has(short) ? [email, short] : [email];
    for (const address of emails) addresses.add(address);
    const { deciding, others } = titlesOf[language];
    const decides = random.chance(0.75);
    const [his, hers] = random.pick(decides ? deciding : others);
    // Forms rarely insist on a title.
    const title = random.chance(0.96) ? (isWoman ? hers : his) : undefined;
    return { name: `${first} ${family}`, title, decides: decides && title !== undefined, emails };
  }
}
