import type { Language } from '../../utils/contract/primitives.ts';
import type { Random } from './random.ts';

export interface Company {
  name: string;
  domain: string;
  country: string;
  language: Language;
  /** Absent: nobody has asked. */
  industry?: string;
  employees?: number;
  sites?: number;
}

interface Market {
  country: string;
  share: number;
  language: Language;
  stems: readonly string[];
  trades: readonly string[];
  forms: readonly string[];
  /**
   * Telephone numbers that ring nowhere: in Germany and the United Kingdom the ranges both regulators keep
   * for films (Bundesnetzagentur, Ofcom), elsewhere subscriber numbers that begin with an unused zero.
   */
  phones: readonly string[];
}
const list = (text: string) => text.split(',').map((item) => item.trim());

/** Trades and the industry they count as; the last of each is none of the agreement's. */
const industries: Record<string, string> = {
  Logistik: 'logistics',
  Fulfilment: 'logistics',
  Spedition: 'logistics',
  Kühlhaus: 'food',
  Großhandel: 'wholesale',
  Lagerhaus: 'logistics',
  Pharmahandel: 'pharma',
  Ersatzteile: 'automotive',
  Getränke: 'food',
  Versand: 'retail',
  Lebensmittel: 'food',
  Baustoffe: 'construction',
  Logistics: 'logistics',
  'Cold Store': 'food',
  Wholesale: 'wholesale',
  Parcels: 'logistics',
  Distribution: 'logistics',
  Foods: 'food',
  Pharma: 'pharma',
  Spares: 'automotive',
  Freight: 'logistics',
  Storage: 'real estate',
};

const germanTrades = list(
  'Logistik, Fulfilment, Spedition, Kühlhaus, Großhandel, Lagerhaus, Pharmahandel, Ersatzteile, Getränke, Baustoffe, Versand, Lebensmittel',
);
const englishTrades = list(
  'Logistics, Fulfilment, Cold Store, Wholesale, Parcels, Distribution, Foods, Pharma, Spares, Freight, Storage',
);
const markets: readonly Market[] = [
  {
    country: 'DE',
    share: 0.42,
    language: 'de',
    trades: germanTrades,
    forms: ['GmbH', 'GmbH', 'GmbH & Co. KG', 'AG'],
    stems: list(
      'Tannfeld, Vossberg, Möwenhaus, Elbgarten, Weserblick, Lohkamp, Steinhuder, Nordheider, Rheinauen, Isarwinkel, Spreebogen, Allertal, Harzer Hof, Eiderland, Saaletor, Kranich, Brückner & Söhne, Haubrich, Wittkopp, Dornseif, Ostermoor, Fuhlendorf, Altwasser, Kornmühle',
    ),
    phones: [
      '+49 40 66969 ###',
      '+49 30 23125 ###',
      '+49 69 90009 ###',
      '+49 89 99998 ###',
      '+49 221 4710 ###',
    ],
  },
  {
    country: 'AT',
    share: 0.11,
    language: 'de',
    trades: germanTrades,
    forms: ['GmbH', 'GesmbH', 'KG'],
    stems: list('Donauhafen, Almtaler, Murufer, Wienfluss, Salzkammer, Pinzgauer, Traunblick, Ennstal'),
    phones: ['+43 1 0### ###', '+43 316 0## ###'],
  },
  {
    country: 'CH',
    share: 0.1,
    language: 'de',
    trades: germanTrades,
    forms: ['AG', 'GmbH', 'AG'],
    stems: list('Limmatquai, Seetal, Aareblick, Rigi, Säntis, Emmentaler Hof, Juraweg, Bergsee'),
    phones: ['+41 44 0## ## ##', '+41 31 0## ## ##'],
  },
  {
    country: 'NL',
    share: 0.13,
    language: 'en',
    trades: englishTrades,
    forms: ['B.V.', 'B.V.', 'N.V.'],
    stems: list(
      'Polder, Zuidhaven, Maasdijk, Windmolen, Oranjeplein, Veluwe, Duinrand, Waterlinie, Kanaalzicht',
    ),
    phones: ['+31 20 0## ####', '+31 10 0## ####'],
  },
  {
    country: 'BE',
    share: 0.08,
    language: 'en',
    trades: englishTrades,
    forms: ['BV', 'NV'],
    stems: list('Scheldeoever, Kempen, Leiebocht, Ardenner, Zilverberg, Noordkaai'),
    phones: ['+32 2 0## ## ##', '+32 3 0## ## ##'],
  },
  {
    country: 'LU',
    share: 0.02,
    language: 'en',
    trades: englishTrades,
    forms: ['S.A.', 'S.à r.l.'],
    stems: list('Moselle, Alzette'),
    phones: ['+352 0# ## ##'],
  },
  {
    country: 'GB',
    share: 0.14,
    language: 'en',
    trades: englishTrades,
    forms: ['Ltd', 'Ltd', 'plc'],
    stems: list(
      'Millbrook, Harrowgate Lane, Thornbury Hill, Kestrel, Wharfside, Blackfriars Row, Penrose, Tamar, Caledon, Ashdown',
    ),
    phones: [
      '+44 1632 960###',
      '+44 20 7946 0###',
      '+44 161 496 0###',
      '+44 121 496 0###',
      '+44 7700 900###',
    ],
  },
];

/** `count` companies with names and domains all different, none of them among `taken` domains. */
export function makeCompanies(random: Random, count: number, taken: ReadonlySet<string>): Company[] {
  const domains = new Set(taken);
  const companies: Company[] = [];
  while (companies.length < count) {
    const { country, language, stems, trades, forms } = pickMarket(random);
    const trade = random.pick(trades);
    const short = `${random.pick(stems)} ${trade}`;
    const domain = `${asciiLabel(short)}.example`;
    const name = `${short} ${random.pick(forms)}`;
    if (domains.has(domain)) continue;
    domains.add(domain);
    companies.push({ name, domain, country, language, ...figures(random, trade) });
  }
  return companies;
}

/** Most companies are small, a few are large, and of some nothing is known. */
function figures(random: Random, trade: string): Pick<Company, 'industry' | 'employees' | 'sites'> {
  const employees = Math.round(12 * 2 ** random.between(0, 7.6));
  const industry = industries[trade];
  return {
    ...(industry !== undefined && random.chance(0.92) && { industry }),
    ...(random.chance(0.88) && { employees }),
    ...(random.chance(0.4) && { sites: Math.max(1, Math.round(employees / random.between(40, 160))) }),
  };
}

/** A telephone number of the shape that country uses. */
export function makePhone(random: Random, country: string): string {
  const market = markets.find((candidate) => candidate.country === country);
  return random.pick(market?.phones ?? ['+49 40 66969 ###']).replace(/#/gu, () => String(random.int(0, 9)));
}

/** Text as it stands in a domain or before the @: `Jörg Groß` → `joerg-gross`. */
export function asciiLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/ä/gu, 'ae')
    .replace(/ö/gu, 'oe')
    .replace(/ü/gu, 'ue')
    .replace(/ß/gu, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
}

function pickMarket(random: Random): Market {
  let rest = random.next();
  return markets.find((market) => (rest -= market.share) < 0) ?? random.pick(markets);
}
