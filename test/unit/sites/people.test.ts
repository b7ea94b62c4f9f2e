import { describe, expect, it } from 'vitest';
import { gatherPeople, type Sighting } from '../../../utils/sites/people.ts';

const anna = 'anna.schaefer@hafenlogistik.example';
const record = (id: string) => ({ system: 'odoo', tenant: 'crm.example', type: 'crm.lead', id });
const gather = (...sightings: Partial<Sighting>[]) =>
  gatherPeople(
    sightings.map((sighting) => ({ role: 'sender', addresses: [], names: [], ...sighting })),
    new Set(['jonas.keller@nordwind.example']),
  );

describe('people sighted on a page', () => {
  it('are each there once, by address, record or name', () => {
    const people = gather(
      { addresses: [anna], names: ['Anna'] },
      { addresses: [anna.toUpperCase()], role: 'recipient' },
      { record: record('7'), names: ['Ben'] },
      { record: record('7'), addresses: ['ben@brightline.example'] },
      { names: ['Clara Nowak'], uncertain: true },
      { names: ['Clara Nowak'], uncertain: true, role: 'recipient' },
    );
    expect(people.map(({ key }) => key)).toEqual([
      `sender:${anna}`,
      'sender:odoo:crm.example:crm.lead:7',
      'sender:Clara Nowak',
    ]);
    expect(people[1]).toMatchObject({ email: 'ben@brightline.example', name: 'Ben' });
  });

  it('are uncertain where readers disagree', () => {
    const [person] = gather({ addresses: [anna, 'ben@brightline.example'] });
    expect(person).toMatchObject({ email: anna, uncertain: true });
  });

  it('are two where two records share an address', () => {
    expect(
      gather({ record: record('7'), addresses: [anna] }, { record: record('8'), addresses: [anna] }),
    ).toHaveLength(2);
  });

  it('are neither the user nor anybody who has but a name that nobody doubts', () => {
    expect(gather({ addresses: ['Jonas.Keller@nordwind.example'] }, { names: ['me'] }, {})).toEqual([]);
  });
});
