import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openChannels } from "../../../src/cli/eval/open-channels.ts";
import { aStubTool, ends } from "../../ai/a-stub-tool.ts";

describe("the channels of an evaluation", () => {
  it("find their programs on the PATH", async () => {
    const { path, hasRun } = aStubTool("gemini", ends({ stdout: "0.61.0" }));
    const settings = join(path.split(":")[0] ?? "", "nextrust.yml");
    writeFileSync(settings, "{}");
    const { channels } = await openChannels({ PATH: path, GEMINI_API_KEY: "gemini-key-1", NEXTRUST_CONFIG: settings });

    const [cli] = channels.of("gemini")?.providers ?? [];

    expect(hasRun).toBe(false);
    expect(await cli?.look(["gemini-2.5-pro"], new AbortController().signal)).toEqual([{ model: "gemini-2.5-pro", state: "unknown" }]);
  });
});
