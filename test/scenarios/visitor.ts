/** What a browser has after a request: where it is, and what it shows. */
export interface Visited {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The page's words, without markup. */
  readonly text: string;
}

/** A person's browser as far as linking needs one: it keeps cookies, follows redirects and sends forms. */
export interface Visitor {
  go(url: string): Promise<Visited>;
  /** Sends the page's form, with the values of its own hidden fields unless others are given. */
  submit(page: Visited, values?: Readonly<Record<string, string>>): Promise<Visited>;
  /** Where a request leads to, without going there. */
  peek(url: string): Promise<string | undefined>;
  readonly cookies: Map<string, string>;
}

export function aVisitor(): Visitor {
  const cookies = new Map<string, string>();

  async function request(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [name = "", value = ""] = set.split(";")[0]?.split("=") ?? [];
      if (/max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  async function follow(url: string, init?: RequestInit): Promise<Visited> {
    const response = await request(url, init);
    const location = response.headers.get("location");
    if (location !== null) return follow(new URL(location, url).href);
    const body = await response.text();
    return { url, status: response.status, headers: response.headers, body, text: body.replace(/<style>.*?<\/style>|<[^>]+>/g, " ") };
  }

  return {
    cookies,
    go: (url) => follow(url),
    async peek(url) {
      return (await request(url)).headers.get("location") ?? undefined;
    },
    submit({ url, body }, values = {}) {
      const action = /<form[^>]* action="([^"]+)"/.exec(body)?.[1]?.replaceAll("&amp;", "&") ?? "";
      const hidden = [...body.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]);
      const form = new URLSearchParams({ ...Object.fromEntries(hidden), ...values });
      const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
      return follow(new URL(action, url).href, { method: "POST", headers, body: form.toString() });
    },
  };
}
