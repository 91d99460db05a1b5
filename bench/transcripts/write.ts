import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const fileMb = 10;
const flushBytes = 4_000_000;
const startedAt = Date.parse("2026-10-01T08:00:00Z");
const models = ["claude-sonnet-4-5-20250929", "claude-opus-4-5-20251101", "claude-haiku-4-5-20251001"];
const words = "the build failed on step seven because of a missing symbol in target llvm module while linking stage two of std ".repeat(
  400,
);

/** Numbers that look random and are the same in every run. */
function createNumbers(): (least: number, most: number) => number {
  let state = 0x2545f491;
  return (least, most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return least + (state % (most - least + 1));
  };
}

/**
 * Writes transcripts as Claude Code does: what people and tools say (tools by far the most), answers told again as they stream, a sub-agent's file
 * beside some sessions.
 *
 * @returns how many requests they tell of
 */
export function writeTranscripts(folder: string, megabytes: number): number {
  const number = createNumbers();
  const files = Math.max(1, Math.round(megabytes / fileMb));
  let requests = 0;
  for (let file = 0; file < files; file += 1) {
    const session = `${String(file).padStart(8, "0")}-2222-4333-8444-555555555555`;
    const isAgents = file % 5 === 4;
    const project = join(folder, "projects", `-srv-project-${file % 7}`);
    const inside = isAgents ? join(project, session, "subagents") : project;
    mkdirSync(inside, { recursive: true });
    requests += writeFile(join(inside, isAgents ? "agent-a1b2c3.jsonl" : `${session}.jsonl`), { session, isAgents, file, number });
  }
  return requests;
}

interface Session {
  readonly session: string;
  readonly isAgents: boolean;
  readonly file: number;
  readonly number: (least: number, most: number) => number;
}

function writeFile(path: string, { session, isAgents, file, number }: Session): number {
  const handle = openSync(path, "w");
  let left = fileMb * 1_000_000;
  let at = startedAt + file * 3_600_000;
  let requests = 0;
  let lines = "";
  const common = {
    isSidechain: isAgents,
    userType: "external",
    cwd: "/srv/project",
    sessionId: session,
    version: "2.1.330",
    gitBranch: "main",
  };
  const text = (length: number) => words.slice(number(0, 100), 100 + length);
  const write = (row: object) => {
    lines += `${JSON.stringify(row)}\n`;
    if (lines.length < flushBytes && lines.length < left) return;
    left -= writeSync(handle, lines);
    lines = "";
  };
  while (left > 0) {
    at += number(2_000, 30_000);
    requests += 1;
    const timestamp = new Date(at).toISOString();
    const isLong = number(0, 9) === 0;
    const content = [
      { type: "tool_result", tool_use_id: `toolu_${file}_${requests}`, content: text(isLong ? number(8_000, 30_000) : number(200, 4_000)) },
    ];
    write({ ...common, type: "user", uuid: `u-${file}-${requests}`, timestamp, message: { role: "user", content } });
    const usage = {
      input_tokens: number(1, 400),
      cache_creation_input_tokens: number(0, 6_000),
      cache_read_input_tokens: number(10_000, 120_000),
      service_tier: "standard",
    };
    const copies = number(1, 3);
    for (let copy = 1; copy <= copies; copy += 1) {
      const message = {
        id: `msg_01${file}x${requests}`,
        type: "message",
        role: "assistant",
        model: models[file % models.length],
        content: [{ type: "text", text: text(number(100, 1_500)) }],
        stop_reason: null,
        usage: {
          ...usage,
          cache_creation: { ephemeral_5m_input_tokens: usage.cache_creation_input_tokens, ephemeral_1h_input_tokens: 0 },
          output_tokens: copy === copies ? number(50, 900) : 1,
        },
      };
      write({
        ...common,
        type: "assistant",
        uuid: `a-${file}-${requests}-${copy}`,
        timestamp,
        requestId: `req_${file}x${requests}`,
        message,
      });
    }
  }
  closeSync(handle);
  return requests;
}
