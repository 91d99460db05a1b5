import { matchesAnyGlob } from "../../pipeline/policy/glob.ts";
import type { Context } from "../context.ts";
import type { HookModule } from "../module.ts";
import { fullTextOf } from "../output/full-text.ts";
import type { FileEnd } from "../output/read-end.ts";
import { toolOutput } from "../output/tool-output.ts";
import type { PayloadOf } from "../payload.ts";
import { onlyShows } from "../shell/only-reads.ts";

type Payload = PayloadOf<"post-tool-use">;

/** What a summary takes of the limit above which there is one. */
const share = 0.6;

export const outputSummary: HookModule<"post-tool-use"> = {
  name: "output-summary",
  summary:
    "Gives the model a summary of long output: its errors, warnings, results, beginning and end; very long output is kept as a file.",
  async run(payload, context) {
    const { overKb, keepOverKb, tools, totalMb } = context.settings.outputSummary;
    if (!matchesAnyGlob(tools, payload.tool_name)) return undefined;
    const output = toolOutput(payload.tool_response);
    if (!output || bytesOf(output.text) <= overKb * 1024) return undefined;
    if (output.keptAt === undefined && (await showsWhatWasAskedFor(payload, context))) return undefined;
    const read = fullTextOf(output, payload);
    if (!read) return undefined;

    // Before a tool runs this is loaded too, and must cost nothing there.
    const { keepOutput } = await import("../output/keep-output.ts");
    const of = { session: payload.session_id ?? "unnamed", use: payload.tool_use_id ?? String(context.now()) };
    const isKept = read.isWhole && read.bytes > keepOverKb * 1024;
    const path = isKept ? keepOutput(read.text, of, totalMb * 2 ** 20, context) : output.keptAt;
    const { sumUp } = await import("../../pipeline/logs/sum-up.ts");
    const { text, lines } = sumUp(read.text, Math.floor(overKb * 1024 * share), read.firstNumber);
    return { kind: "replace", output: output.with(`${heading(read, lines, path)}\n${text}`) };
  },
};

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** A command that only shows a file or what git knows is as good as Read, whose output is never summed up. */
async function showsWhatWasAskedFor({ tool_name: tool, tool_input: input }: Payload, context: Context): Promise<boolean> {
  return tool === "Bash" && typeof input.command === "string" && onlyShows(await context.commandsIn(input.command));
}

function heading({ firstNumber, bytes }: FileEnd, lines: number, path: string | undefined): string {
  const total = firstNumber - 1 + lines;
  const way =
    path === undefined
      ? "To see more, run the command again with its output through grep or tail, or into a file"
      : `All of it is in ${path}; sed -n '100,200p' shows a part`;
  return `[nextrust: what matters of ${total} lines (${Math.ceil(bytes / 1024)} KB), each behind its number. ${way}.]`;
}
