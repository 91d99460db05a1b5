import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editHooks } from "../../../src/cli/setup/edit-hooks.ts";
import { type ClaudeSettings, mergeHooks } from "../../../src/cli/setup/merge.ts";
import { ours, wantedBy } from "./some-hooks.ts";

const wanted = wantedBy({ "pre-tool-use": [{ name: "destructive-command", isGuard: true }], stop: [{ name: "usage-capture" }] });

const theirs = fc.record({ type: fc.constant("command"), command: fc.string() });
const own = fc.constantFrom(...ours("stop").hooks, ...ours("session-end").hooks);
const group = fc.record({ matcher: fc.string(), hooks: fc.array(fc.oneof(theirs, own), { maxLength: 3 }) }, { requiredKeys: ["hooks"] });
// Numbers come first among the keys of an object, wherever they stood.
const name = fc.string({ minLength: 1 }).filter((key) => key !== "__proto__" && key !== "hooks" && !/^\d+$/.test(key));
const event = fc.oneof(fc.constantFrom("Stop", "PreToolUse", "Notification"), name);
const settings = fc
  .record({
    rest: fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
    hooks: fc.option(fc.dictionary(event, fc.array(group, { maxLength: 3 }), { maxKeys: 4 }), { nil: undefined }),
  })
  .map(({ rest, hooks }) => JSON.parse(JSON.stringify({ ...rest, ...(hooks && { hooks }), last: 1 })));
const layout = fc.record({
  indent: fc.constantFrom(undefined, 1, 2, 4, "\t"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  end: fc.constantFrom("", "\n"),
});

describe("editing the text of settings", () => {
  it("says what was meant, whatever stood there, and nothing more the second time", () => {
    fc.assert(
      fc.property(settings, layout, (before, { indent, lineEnd, end }) => {
        const text = JSON.stringify(before, undefined, indent).replaceAll("\n", lineEnd) + end;
        const after = mergeHooks(before, wanted);

        const edited = editHooks(text, before, after);

        expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify(after)));
        expect(editHooks(edited, after, mergeHooks(after, wanted))).toBe(edited);
        const without = mergeHooks(after, new Map());
        expect(withoutEmpty(JSON.parse(editHooks(edited, after, without)))).toEqual(withoutEmpty(mergeHooks(before, new Map())));
        return true;
      }),
      { numRuns: 40 },
    );
  });

  it("takes what is ours away from an event that is called as what every object has", () => {
    const before = { hooks: { constructor: [ours("stop")] }, last: 1 } as unknown as ClaudeSettings;
    const after = mergeHooks(before, wanted);

    const edited = editHooks(JSON.stringify(before, undefined, 2), before, after);

    expect(Object.keys(JSON.parse(edited).hooks)).toEqual(["PreToolUse", "Stop"]);
  });
});

/** Whether an event was empty before we came is not remembered. */
function withoutEmpty({ hooks = {}, ...rest }: ClaudeSettings): object {
  const events = Object.entries(hooks).filter(([, groups]) => groups.length > 0);
  return events.length > 0 ? { ...rest, hooks: Object.fromEntries(events) } : rest;
}
