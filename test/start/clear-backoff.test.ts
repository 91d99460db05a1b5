import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aCheckout } from "../hooks/a-checkout.ts";
import { aContext } from "../hooks/a-context.ts";
import { failCommand } from "../hooks/failures/run-modules.ts";
import { run } from "./nextrust.ts";

describe("nextrust status", () => {
  it("shows what fails again and again at the commit, which advice waits, and that it has had its share", async () => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    using context = aContext(checkout);
    for (const target of ["a", "b", "c"])
      for (let time = 0; time < 3; time++) await failCommand(`make ${target}`, "Exit code 2\nerror: it broke", context);

    const [people, programs] = await Promise.all([
      run(["status"], { folder: checkout.path }),
      run(["status", "--json"], { folder: checkout.path }),
    ]);

    expect(people.stdout).toMatch(/make c +3 ×, last 20[\d: -]+UTC +error: it broke\n/);
    expect(people.stdout).toContain("3 requests kept here, and told to the bot where there is one");
    expect(people.stdout).toMatch(/ o3 +design +A command failed 3 times at one commit, and no known issue explains it: error: it broke\n/);
    expect(people.stdout).toMatch(
      /[0-9a-f]{7} had its 3 times for a design request: no more before the next commit, or nextrust clear-backoff\./,
    );
    expect(JSON.parse(programs.stdout)).toMatchObject({
      failures: [{ failures: 3, isHelpAsked: true, knownIssue: null }, {}, {}],
      advice: { waiting: [{ channel: "o3", state: "waiting" }, {}, {}], stopped: [{ tried: "design request", times: 3 }] },
    });
  });
});

describe("nextrust clear-backoff", () => {
  it("forgets what was tried for the commit that is checked out, from any of its folders, and says so", async () => {
    using checkout = aCheckout({ "sub/a.txt": "1\n" });
    using context = aContext(checkout);
    const sha = checkout.git("rev-parse", "HEAD");
    for (const commit of [sha, sha, "another"]) context.journal().backoff.take(commit, "design request", Date.now());
    const folder = join(checkout.path, "sub");

    const first = await run(["clear-backoff"], { folder });
    const second = await run(["clear-backoff"], { folder });

    expect(first).toMatchObject({ code: 0, stdout: `${sha.slice(0, 7)} may be tried again: 2 tries are forgotten.\n`, stderr: "" });
    expect(second.stdout).toBe(`Nothing stands against ${sha.slice(0, 7)}: nothing was tried in vain.\n`);
    expect(context.journal().backoff.newest(9)).toMatchObject([{ commit: "another" }]);
  });
});
