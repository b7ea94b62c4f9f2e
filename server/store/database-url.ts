/**
 * The addresses of one database on several hosts, as libpq writes them
 * (https://www.postgresql.org/docs/current/libpq-connect.html, 2026-11-22): `postgres://user@one:5432,two:5433/name`.
 *
 * @returns one address per host, in order.
 * @throws TypeError when it is no such address.
 */
export function hostsOf(url: string): [string, ...string[]] {
  const match = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]+)(.*)$/.exec(url);
  if (!match) throw new TypeError('This is no address of a PostgreSQL database.');
  const [, before = '', hosts = '', after = ''] = match;
  const [first = '', ...others] = hosts.split(',').map((host) => before + host + after);
  for (const address of [first, ...others]) new URL(address);
  return [first, ...others];
}
