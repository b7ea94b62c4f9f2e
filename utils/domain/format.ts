const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Formatters {
  /** "now", "5 min. ago", "yesterday"; a date when it is more than four weeks ago. Never in the future. */
  ago: (instant: string, now: number) => string;
  /** A day: "14 Nov 2026". */
  date: (instant: string) => string;
  /** A moment in full, for tooltips. */
  moment: (instant: string) => string;
  /** A month: "October 2026"; of UTC, as reports count them. */
  month: (instant: string) => string;
  /** The time of day: "14:32". */
  time: (instant: string) => string;
  /** A moment near the present: "tomorrow, 10:30", "Mon, 24 Nov, 10:30"; a date when it is further away. */
  when: (instant: string, now: number) => string;
  /** A day of the week: "Mon, 24 Nov". */
  day: (instant: string) => string;
  /** Working time, in milliseconds, as "3 hr 20 min": hours never become days. Rounded up to the minute. */
  duration: (ms: number) => string;
  /** How long something lasted, in milliseconds, by its largest unit: "12 days". */
  span: (ms: number) => string;
  number: (value: number) => string;
  /** A country's name, or the code itself when the browser does not know it. */
  country: (code: string) => string;
}

/** Numbers, times and names in one language (a BCP 47 tag); times in the browser's time zone. */
export function formatters(locale: string): Formatters {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const days = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  const unitFormat = (unit: string, unitDisplay: 'short' | 'long') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
  const unit = {
    day: unitFormat('day', 'long'),
    hour: unitFormat('hour', 'short'),
    minute: unitFormat('minute', 'short'),
  };
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  return {
    ago(instant, now) {
      const elapsed = Math.max(0, now - Date.parse(instant));
      if (elapsed < MINUTE) return relative.format(0, 'second');
      if (elapsed < HOUR) return relative.format(-Math.floor(elapsed / MINUTE), 'minute');
      if (elapsed < DAY) return relative.format(-Math.floor(elapsed / HOUR), 'hour');
      if (elapsed < 28 * DAY) return relative.format(-Math.floor(elapsed / DAY), 'day');
      return date.format(new Date(instant));
    },
    date: (instant) => date.format(new Date(instant)),
    moment: (instant) => moment.format(new Date(instant)),
    month: (instant) => month.format(new Date(instant)),
    time: (instant) => time.format(new Date(instant)),
    when(instant, now) {
      const at = new Date(instant);
      const apart = Math.round((midnight(at) - midnight(new Date(now))) / DAY);
      if (Math.abs(apart) > 180) return date.format(at);
      const near = Math.abs(apart) <= 1;
      return `${near ? days.format(apart, 'day') : day.format(at)}, ${time.format(at)}`;
    },
    day: (instant) => day.format(new Date(instant)),
    duration(ms) {
      const minutes = Math.max(0, Math.ceil(ms / MINUTE));
      const parts = [unit.hour.format(Math.floor(minutes / 60)), unit.minute.format(minutes % 60)];
      return parts
        .filter((_, index) => (index === 0 ? minutes >= 60 : minutes < 60 || minutes % 60 > 0))
        .join(' ');
    },
    span(ms) {
      if (ms >= DAY) return unit.day.format(Math.floor(ms / DAY));
      if (ms >= HOUR) return unit.hour.format(Math.floor(ms / HOUR));
      return unit.minute.format(Math.max(0, Math.floor(ms / MINUTE)));
    },
    number: (value) => number.format(value),
    country(code) {
      // `of` throws on anything that is not two letters, and sources hold odd codes.
      return /^[a-z]{2}$/iu.test(code) ? (countries.of(code.toUpperCase()) ?? code) : code;
    },
  };
}

/** The beginning of a moment's day, in the browser's time zone. */
const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** Up to two letters that stand for a name; whole graphemes, so that no emoji is cut in half. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{Emoji_Presentation}]+/u, ''))
    .filter((word) => word !== '');
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? [...graphemes.segment(word.slice(0, 32))][0]?.segment : ''))
    .join('')
    .toLocaleUpperCase();
}
