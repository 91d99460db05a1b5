import { describe, expect, it } from "vitest";
import { type HookEvent, hookEvents } from "../../src/hooks/events.ts";
import { readPayload } from "../../src/hooks/payload.ts";
import { aPayload } from "./captured/payload.ts";

const events = Object.keys(hookEvents) as HookEvent[];

describe("the payload of a hook", () => {
  it.each(events)("is what Claude Code says of %s, as far as we use it", (event) => {
    const captured = aPayload(event);

    const read = readPayload(event, JSON.stringify({ ...captured, unheard_of: 1 }));

    expect(captured).toMatchObject(read);
    expect(read).toHaveProperty("session_id");
    expect(read).not.toHaveProperty("unheard_of");
  });

  it.each([
    ["", "it is empty"],
    ["{", "it is no JSON"],
    ["null", "it is missing or of another kind than I know"],
    ["[]", "it is missing or of another kind than I know"],
    ['{"tool_input": {}}', "tool_name is missing or of another kind than I know"],
    ['{"tool_name": "Bash", "tool_input": []}', "tool_input is missing or of another kind than I know"],
    ['{"tool_name": "Bash", "tool_input": null}', "tool_input is missing or of another kind than I know"],
  ])("has a problem when it is %j", (text, problem) => {
    expect(readPayload("pre-tool-use", text)).toEqual({ problem });
  });

  it("goes without what is of another kind, where that does no harm", () => {
    const read = readPayload(
      "post-tool-use-failure",
      '{"tool_name": "Bash", "tool_input": {}, "session_id": 7, "cwd": null, "error": [], "is_interrupt": 1}',
    );

    expect(read).toEqual({ tool_name: "Bash", tool_input: {}, error: "", is_interrupt: false });
  });
});
