import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readDetails } from "../../../src/cli/usage-report/details.ts";
import { renderPage } from "../../../src/cli/usage-report/html/page.ts";
import { makeReport } from "../../../src/cli/usage-report/report.ts";
import type { LedgerEntry } from "../../../src/pipeline/usage/ledger.ts";
import { anEntry } from "../../contracts/ledger.ts";
import { aSource } from "./a-ledger.ts";

const now = Date.parse("2026-11-23T10:00:00Z");
const usd = 10n ** 12n;
const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;\u202e`;

const many = Array.from({ length: 12 }, (_, at) =>
  anEntry({
    id: `a:${at}`,
    at: now - at * 12 * 3_600_000 - 1,
    model: at === 3 ? hostile : `model-${at}`,
    session: at % 2 ? hostile : `s${at}`,
    costPico: at === 5 ? undefined : BigInt(at + 1) * usd,
    ...(at < 6 && { repository: "acme/shop", pullRequest: at }),
  }),
);

async function page(entries: readonly LedgerEntry[] = many): Promise<string> {
  const source = await aSource(entries);
  const report = await makeReport(source, { by: "user", span: { since: now - 7 * 86_400_000, until: now }, zone: "Europe/Berlin", now });
  return renderPage(report, await readDetails(source, report), { hourlyPico: 120n * usd, minutesSaved: [10, 30, 45] }, { limit: 20, now });
}

/** Elements that have no end of their own. */
const single = new Set(["meta", "!doctype"]);

function unbalanced(html: string): readonly string[] {
  const open: string[] = [];
  for (const [, end, name = "", rest = ""] of html.matchAll(/<(\/?)([!a-zA-Z][\w-]*)((?:"[^"]*"|[^>"])*)>/g)) {
    if (single.has(name) || rest.endsWith("/")) continue;
    if (end === "") open.push(name);
    else if (open.pop() !== name) return [...open, `/${name}`];
  }
  return open;
}

describe("the page of a usage report", () => {
  it("closes every element, and names each id once", async () => {
    const html = await page();

    expect(unbalanced(html)).toEqual([]);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, named = ""] of html.matchAll(/aria-labelledby="([^"]+)"/g)) {
      for (const id of named.split(" ")) expect(ids).toContain(id);
    }
  });

  it("shows names as text, whatever they hold", async () => {
    const html = await page();

    expect(html).toContain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|<img|\u202e/);
  });

  it("needs nothing from elsewhere, and lets nothing in", async () => {
    const html = await page();

    expect(html).not.toMatch(/https?:|url\(|@import/);
    expect(html.match(/<[a-z][^>]*>/g)?.join("\n")).not.toMatch(/\s(?:src|href|style|on\w+)=/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`);
  });

  it("has every number of its drawing in a table", async () => {
    const html = await page();

    for (const [, day = "", amount = ""] of html.matchAll(/<g><title>([\d-]+): (\$[\d.,]+)<\/title>/g))
      expect(html).toMatch(new RegExp(`<th scope="row">${day}</th>.*<td class="n">${amount.replace("$", "\\$")}</td></tr>`));
  });

  it("states what its estimate assumes, low, mid and high", async () => {
    // Seven sessions of 10, 30 and 45 minutes at $120 an hour.
    const html = await page(
      Array.from({ length: 7 }, (_, at) => anEntry({ id: `a:${at}`, at: now - 1 - at, session: `s${at}`, costPico: 10n * usd })),
    );

    expect(html).toContain("7 sessions, $120.00 an hour");
    for (const worth of ["$140.00", "$420.00", "$630.00", "$70.00", "$350.00", "$560.00"]) expect(html).toContain(`>${worth}</td>`);
  });

  it("stands for an empty ledger, too", async () => {
    const html = await page([]);

    expect(unbalanced(html)).toEqual([]);
    expect(html).toContain("Nothing was used.");
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });
});
