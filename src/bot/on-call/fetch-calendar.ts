const withinMs = 5_000;
const mostBytes = 2 * 1024 * 1024;
const mostRedirects = 3;

/**
 * The text at an address.
 *
 * @throws Error that does not name the address: it is as good as a password
 */
export async function fetchCalendar(address: string, limitMs = withinMs): Promise<string> {
  const signal = AbortSignal.timeout(limitMs);
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await fetch(url, { redirect: "manual", signal, headers: { accept: "text/calendar" } });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) return textOf(response);
    await response.body?.cancel();
    url = redirected(url, location);
  }
  throw new Error("it redirects too often");
}

/** Elsewhere only with encryption. */
function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from);
  if (to && (to.protocol === "https:" || to.origin === from.origin)) return to;
  throw new Error("it redirects to an address without https");
}

async function textOf({ ok, status, body }: Response): Promise<string> {
  if (!ok || !body) {
    await body?.cancel();
    throw new Error(`the server answers ${status}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop by an error cancels the download.
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > mostBytes) throw new Error(`it is larger than ${mostBytes / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
