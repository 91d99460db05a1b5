import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { sessionCookie } from "../../../src/bot/linking/cookie.ts";

function begin(url: string) {
  const cookie = sessionCookie(() => url, 600_000);
  const headers: string[] = [];
  const session = cookie.begin({ setHeader: (_: string, value: string) => headers.push(value) } as unknown as ServerResponse);
  const [header = ""] = headers;
  const isOf = (sent: string) => cookie.isOf({ headers: { cookie: sent } } as IncomingMessage, session);
  return { header, pair: header.split(";")[0] ?? "", isOf };
}

describe("the cookie of a linking", () => {
  it("is the host's own by https", () => {
    expect(begin("https://ci.example").header).toMatch(
      /^__Host-nextrust-linking=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it("is known again among others", () => {
    const { pair, isOf } = begin("https://ci.example");

    expect(isOf(`a=b; ${pair}; c`)).toBe(true);
  });

  it("is not another one's, nor one that a neighbouring host set", () => {
    const { pair, isOf } = begin("https://ci.example");

    for (const sent of ["", "a=b", `${pair}x`, pair.replace("__Host-", ""), begin("https://ci.example").pair])
      expect(isOf(sent)).toBe(false);
  });
});
