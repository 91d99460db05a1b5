import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactUsd } from "../../../../src/pipeline/usage/money.ts";
import { costOf } from "../../../../src/pipeline/usage/price-book.ts";
import { readLedger } from "../../../../src/state/embedded/read-ledger.ts";
import { aStage } from "../../../cli/import/stage.ts";
import { type Case, cases, listPrices, type Row } from "./cases.ts";
import { subsetCases, subsetPrices } from "./subset-cases.ts";

const page = join(import.meta.dirname, "../../../../docs/usage-conformance.md");

const sessionOf = (at: number, second = false): string => `${String(at).padStart(8, "0")}-2222-4333-8444-${second ? "2" : "1"}55555555555`;

describe("what a transcript costs", () => {
  const stage = aStage({ prices: listPrices });
  let ours: ReadonlyMap<string, string>;
  let theirs: ReadonlyMap<string, number> | undefined;

  beforeAll(async () => {
    const project = join(stage.folder, "projects", "-srv-conformance");
    for (const [at, { rows, second, subagent }] of cases.entries()) {
      write(join(project, `${sessionOf(at)}.jsonl`), sessionOf(at), rows);
      if (second) write(join(project, `${sessionOf(at, true)}.jsonl`), sessionOf(at, true), second);
      if (subagent) write(join(project, sessionOf(at), "subagents", "agent-a1.jsonl"), sessionOf(at), subagent);
    }
    await stage.import();
    ours = await ourCosts(stage.stateFile);
    for (const { file } of subsetCases) {
      mkdirSync(dirname(join(stage.folder, file.path)), { recursive: true });
      writeFileSync(join(stage.folder, file.path), file.lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    }
    theirs = await costsByCcusage(stage.folder);
    if (!theirs) console.warn("ccusage has no program for this machine: its column is as recorded, and was not run.");
  });
  afterAll(() => stage.remove());

  const sessionsOf = (at: number) => [sessionOf(at), sessionOf(at, true)];

  it.each([...cases.entries()].map(([at, { name, rule, usd }]) => [name, rule, at, usd] as const))("%s: %s", (_, __, at, usd) => {
    expect(sessionsOf(at).flatMap((session) => ours.get(session) ?? [])).toEqual([usd]);
  });

  it.each([...cases.entries()].map(([at, { name, ccusage }]) => [name, ccusage, at] as const))("%s: %s by ccusage", (_, recorded, at) => {
    if (!theirs) return;
    const found = theirs;
    const costs = sessionsOf(at).flatMap((session) => found.get(session) ?? []);

    expect(costs.length === 0 ? "nothing" : `${costs.reduce((sum, cost) => sum + cost, 0)}`).toBe(recorded);
  });

  it.each(subsetCases)("$name: $rule", ({ model, normalised, usd }) => {
    const price = subsetPrices.find(({ name }) => name === model)?.prices[0];

    expect("tokens" in normalised && price && exactUsd(costOf(normalised.tokens, price))).toBe(usd);
  });

  it.each(subsetCases)("$name: $ccusage by ccusage", ({ file, ccusage }) => {
    if (!theirs) return;

    expect(`${[...theirs].find(([session]) => file.path.includes(session))?.[1]}`).toBe(ccusage);
  });

  it("is written down for people as it is tested", async () => {
    await expect(renderPage()).toMatchFileSnapshot(page);
  });
});

function write(path: string, sessionId: string, rows: readonly Row[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, rows.map((row) => `${typeof row === "string" ? row : JSON.stringify({ sessionId, ...row })}\n`).join(""));
}

async function ourCosts(stateFile: string): Promise<ReadonlyMap<string, string>> {
  const ledger = await readLedger(stateFile);
  try {
    const sums = await ledger.sums({}, ["session"]);
    return new Map(
      sums.map(({ group, costPico, unpricedTokens }) => [group[0] ?? "", unpricedTokens > 0 ? "unpriced" : exactUsd(costPico.metered)]),
    );
  } finally {
    ledger.close();
  }
}

interface Session {
  readonly sessionId: string;
  readonly sessionFile?: string;
  readonly totalCost?: number;
  readonly costUSD?: number;
}

/** @returns what ccusage says by session; undefined where it has no program for this machine */
async function costsByCcusage(folder: string): Promise<ReadonlyMap<string, number> | undefined> {
  const reports = await Promise.all(["claude", "codex", "gemini"].map((agent) => sessionsByCcusage(agent, folder)));
  if (reports.includes(undefined)) return undefined;
  return new Map(
    reports.flatMap((sessions = []) =>
      sessions.map(({ sessionId, sessionFile, totalCost, costUSD }) => [sessionFile ?? sessionId, totalCost ?? costUSD ?? 0] as const),
    ),
  );
}

async function sessionsByCcusage(agent: string, folder: string): Promise<readonly Session[] | undefined> {
  const require = createRequire(import.meta.url);
  const script = join(dirname(require.resolve("ccusage/package.json")), "src", "cli.js");
  const variables = {
    PATH: process.env.PATH ?? "",
    HOME: folder,
    CLAUDE_CONFIG_DIR: folder,
    CODEX_HOME: join(folder, ".codex"),
    GEMINI_DATA_DIR: join(folder, ".gemini"),
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, agent, "session", "--json", "--offline"], { env: variables });
    return (JSON.parse(stdout) as { sessions: readonly Session[] }).sessions;
  } catch (error) {
    if (String((error as { stderr?: string }).stderr).includes("not available")) return undefined;
    throw error;
  }
}

function renderPage(): string {
  const line = ({ name, rule, usd, ccusage, why }: Pick<Case, "name" | "rule" | "usd" | "ccusage" | "why">) =>
    `| ${name} | ${rule} | ${usd} | ${usd === ccusage ? usd : `**${ccusage}**`} | ${why ?? ""} |`;
  return `# How usage is counted

The hard cases of transcripts of Claude Code: what the vendor bills, what \`nextrust import\` makes of them, and what ccusage 20.0.24 says of the
same files (\`ccusage claude session --json --offline\`). A test runs both and writes this page, so that it is true: \`test/pipeline/usage/conformance\`.
Amounts are US dollars at list prices; where ccusage differs, it is bold. \`nextrust import\` says what the vendor's rule says in every case.

| Case | The vendor's rule | Billed, and ours | ccusage | Why it differs |
|---|---|---|---|---|
${cases.map(line).join("\n")}

Other vendors count a part of their tokens twice, and say which: the same for what \`POST /v1/events\` takes from OpenAI and Gemini, beside what
ccusage makes of a file of Codex or of the Gemini CLI with these counts.

| Case | The vendor's rule | Billed, and ours | ccusage | Why it differs |
|---|---|---|---|---|
${subsetCases.map(line).join("\n")}
`;
}
