import { describe, expect, it } from "vitest";
import type { StoredMessage } from "../../src/pipeline/outbox.ts";
import { outdated } from "../../src/pipeline/outdated.ts";
import { done } from "../../src/reply.ts";

const sent = (key: string, ...commands: (string | undefined)[]): StoredMessage => ({
  key,
  lane: "github:acme/shop#12",
  address: { surface: "github", repository: "acme/shop", subjectId: "PR_1" },
  answers: commands.map((command) => ({ ...(command !== undefined && { command }), reply: done("shown") })),
  version: 1,
});

describe("an answer is outdated", () => {
  it.each<[string, StoredMessage[], string[]]>([
    ["when there is a newer one to the same command", [sent("1", "status"), sent("2", "status"), sent("3", "Status")], ["1", "2"]],
    ["whatever else the command says", [sent("1", 'get-logs "a"'), sent("2", 'get-logs "b"')], ["1"]],
    ["but not by one to another command", [sent("1", "status"), sent("2", "help")], []],
    ["but not by one about another place", [sent("1", "status #1"), sent("2", "status #2"), sent("3", "status @main")], []],
    [
      "when each of its commands has a newer one, and not before",
      [sent("1", "status", "help"), sent("2", "status"), sent("3", "help")],
      ["1"],
    ],
    ["but not while one of its commands has none", [sent("1", "status", "help"), sent("2", "status")], []],
    ["but never what nobody asked for", [sent("1", undefined), sent("2", "status"), sent("3", undefined)], []],
  ])("%s", (_, messages, expected) => {
    expect(outdated(messages).map(({ key }) => key)).toEqual(expected);
  });
});
