import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeDrafts } from "../../../src/machine/rotation/remove-drafts.ts";
import { aCheckout } from "../../hooks/a-checkout.ts";

describe("what killed hooks have left", () => {
  it("goes when it is a day old, and nothing else does", () => {
    using checkout = aCheckout();
    const at = (name: string) => join(checkout.path, name);
    mkdirSync(at("snapshots"));
    mkdirSync(at("ccusage-0123456789abcdef"));
    const names = [
      "hook-settings.json.7.new",
      "hook-settings.json.8.new",
      "hook-settings.json",
      "snapshots/.a.json.new",
      "snapshots/a.json",
    ];
    for (const name of names) writeFileSync(at(name), "");
    for (const name of [...names, "ccusage-0123456789abcdef"]) if (!name.includes(".8.")) utimesSync(at(name), 1, 1);

    removeDrafts(checkout.path, 10_000);

    const kept = [...names, "ccusage-0123456789abcdef"].filter((name) => existsSync(at(name)));
    expect(kept).toEqual(["hook-settings.json.8.new", "hook-settings.json", "snapshots/a.json"]);
  });
});
