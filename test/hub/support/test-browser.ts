/** As much of a browser as a sign-in needs: cookies by path, forms, and redirects until they leave http. */
export interface Visit {
  /** Of a page, what it says of itself. */
  status: number;
  /** Where it ended; the address of the extension once the sign-in is done. */
  url: URL;
  headers: Headers;
  text: string;
}

interface Cookie {
  host: string;
  path: string;
  name: string;
  value: string;
}

export function testBrowser(language = 'en') {
  let cookies: Cookie[] = [];
  const jar = ({ host, pathname }: URL) =>
    cookies
      .filter((cookie) => cookie.host === host && `${pathname}/`.startsWith(cookie.path.replace(/\/?$/, '/')))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  const keep = (url: URL, headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const [name = '', value = ''] = pair.split(/=(.*)/);
      const path = /^path=(.*)$/i.exec(attributes.find((one) => /^path=/i.test(one)) ?? '')?.[1] ?? '/';
      cookies = cookies.filter((one) => !(one.host === url.host && one.path === path && one.name === name));
      if (value !== '') cookies.push({ host: url.host, path, name, value });
    }
  };

  const visit = async (address: string | URL, form?: Record<string, string>): Promise<Visit> => {
    const url = new URL(address);
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: {
        cookie: jar(url),
        'accept-language': language,
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0 Safari/537.36',
      },
      ...(form && { body: new URLSearchParams(form) }),
      redirect: 'manual',
    });
    keep(url, response.headers);
    const location = response.headers.get('location');
    const text = await response.text();
    const status = Number(/<main data-status="(\d+)"/.exec(text)?.[1] ?? response.status);
    if (location === null) return { status, url, headers: response.headers, text };
    const next = new URL(location, url);
    if (next.hostname !== '127.0.0.1')
      return { status: response.status, url: next, headers: response.headers, text };
    return visit(next);
  };
  return { visit, cookies: () => cookies };
}
export type TestBrowser = ReturnType<typeof testBrowser>;
