import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hookModules } from "../../src/config/hooks.ts";
import { hookEvents } from "../../src/hooks/events.ts";
import { table } from "../../src/hooks/index.ts";
import { deny, type SaidAt, tell } from "../../src/hooks/module.ts";

const room = join(import.meta.dirname, "../../src/hooks");
const modules = Object.entries(table).flatMap(([event, those]) => those.map(({ name }) => ({ name, event })));
const filesIn = (folder: string) =>
  existsSync(join(room, folder)) ? readdirSync(join(room, folder)).map((file) => `${folder}/${file}`) : [];

describe("the table of hooks", () => {
  it("has exactly the modules that the settings can switch off", () => {
    const names = new Set(modules.map(({ name }) => name));

    expect([...names].toSorted()).toEqual([...hookModules]);
  });

  it("has each module in a file of its name, in the folder of its event or in that of those at several, and nothing else there", () => {
    const placed = Map.groupBy(modules, ({ name }) => name);
    const expected = [...placed].map(([name, at]) => `${at.length === 1 ? at[0]?.event : "several-events"}/${name}.ts`);

    const found = [...Object.keys(hookEvents), "several-events"].flatMap(filesIn);

    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it("has none before a tool that stops something and does not say beforehand what, but for the budget, of which the session hears by itself", () => {
    const silent = table["pre-tool-use"].filter(({ stops }) => stops === undefined).map(({ name }) => name);

    expect(silent).toEqual(["budget"]);
  });

  it("has none that says anything when Claude stops: it would go on with what it has ended", () => {
    // @ts-expect-error: nothing may be said there.
    const said: SaidAt<"stop" | "session-end"> = tell("Go on.");
    // @ts-expect-error: what has run can be stopped no more.
    const stopped: SaidAt<"post-tool-use" | "post-tool-use-failure" | "session-start"> = deny("Too late.");

    expect([said, stopped]).toHaveLength(2);
    expect([hookEvents.stop.heeds, hookEvents["session-end"].heeds]).toEqual([[], []]);
  });
});
