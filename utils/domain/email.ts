/**
 * The form in which addresses are compared: trimmed, lower case, international domain names in ASCII.
 * Returns null when there is no usable domain. A `+tag` stays; see `withoutTag`.
 */
export function normaliseEmail(address: string): string | null {
  const trimmed = address.trim().toLowerCase();
  const at = trimmed.lastIndexOf('@');
  if (at < 1) return null;
  const domain = asciiDomain(trimmed.slice(at + 1));
  return domain === null ? null : `${trimmed.slice(0, at)}@${domain}`;
}

/** The address without its `+tag` (RFC 5233's detail), given a normalised one: `ann+news@…` → `ann@…`. */
export function withoutTag(normalised: string): string {
  return normalised.replace(/^([^+@]+)\+[^@]*@/u, '$1@');
}

/** The domain of a normalised address. */
export function domainOf(normalised: string): string {
  return normalised.slice(normalised.lastIndexOf('@') + 1);
}

/** True when the address is in one of these domains or below it (`a@eu.example.com` is in `example.com`). */
export function inDomains(normalised: string, domains: readonly string[]): boolean {
  const own = domainOf(normalised);
  return domains.some((domain) => own === domain || own.endsWith(`.${domain}`));
}

function asciiDomain(domain: string): string | null {
  if (domain === '' || /[\s/?#@:\\]/u.test(domain)) return null;
  return URL.parse(`http://${domain}`)?.hostname ?? null;
}
