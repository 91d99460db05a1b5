import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { endsWithUs } from "../children.ts";
import { residentMb } from "../process-status.ts";
import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { type Measured, toMeasured } from "../statistics.ts";
import type { Stage } from "../targets.ts";
import { writeTranscripts } from "../transcripts/write.ts";
import { mb, ms, ratio, spread } from "../words.ts";

const lookEveryMs = 20;
const shareAim = 0.1;
const memoryAimMb = 150;
const bundler = fileURLToPath(new URL("../../scripts/bundle.js", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Transcripts into the ledger by the bundle that ships, once and once more, beside what ccusage takes for its daily table of the same files. */
export async function measureImport({ folder }: Stage, { transcriptsMb, imports }: Size): Promise<readonly Row[]> {
  const transcripts = join(folder, "claude");
  // Below the project, where the bundle finds its dependencies.
  const bundle = join(root, "dist", "bench");
  try {
    const requests = writeTranscripts(transcripts, transcriptsMb);
    await run([bundler, bundle], {});
    const ours = (state: string) =>
      run([join(bundle, "main.js"), "import", "--json"], { CLAUDE_CONFIG_DIR: transcripts, NEXTRUST_DATA_DIR: state });
    const theirs = () => run([ccusageBin(), "claude", "daily", "--json", "--offline"], { CLAUDE_CONFIG_DIR: transcripts });

    const firsts: Ended[] = [];
    const agains: Ended[] = [];
    const peers: Ended[] = [];
    await theirs();
    for (let round = 0; round < imports; round += 1) {
      const state = join(folder, `import-${round}`);
      const first = await ours(state);
      const { requests: found } = JSON.parse(first.stdout) as { requests: { recorded: number } };
      if (found.recorded !== requests) throw new Error(`The import recorded ${found.recorded} of ${requests} requests.`);
      firsts.push(first);
      peers.push(await theirs());
      agains.push(await ours(state));
    }
    return rows(transcriptsMb, requests, { firsts, agains, peers });
  } finally {
    rmSync(transcripts, { recursive: true, force: true });
    rmSync(bundle, { recursive: true, force: true });
  }
}

interface Runs {
  readonly firsts: readonly Ended[];
  readonly agains: readonly Ended[];
  readonly peers: readonly Ended[];
}

function rows(megabytes: number, requests: number, { firsts, agains, peers }: Runs): readonly Row[] {
  const [first, again, peer] = [took(firsts), took(agains), took(peers)];
  const memory = mostMb(firsts);
  const besides = `ccusage ${spread(peer, ms)}`;
  return [
    {
      figure: `import of ${megabytes.toLocaleString("en")} MB of transcripts, ${requests.toLocaleString("en")} requests`,
      ours: spread(first, ms),
      peer: besides,
      ratio: ratio(first, peer),
    },
    {
      figure: "… again, when nothing is new",
      ours: spread(again, ms),
      peer: besides,
      ratio: ratio(again, peer),
      aim: `≤ ${shareAim}×`,
      isMet: again.median <= shareAim * peer.median,
    },
    {
      figure: "… most memory at the first import",
      ours: mb(memory),
      aim: `≤ ${memoryAimMb} MB`,
      isMet: memory <= memoryAimMb,
    },
  ];
}

const took = (runs: readonly Ended[]): Measured => toMeasured(runs.map(({ tookMs }) => tookMs));
const mostMb = (runs: readonly Ended[]): number => Math.max(...runs.map((run) => run.mostMb));

/** As people run it: a script that starts the program for this machine. */
function ccusageBin(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("ccusage/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: { ccusage: string } };
  return join(dirname(manifest), bin.ccusage);
}

interface Ended {
  readonly tookMs: number;
  readonly mostMb: number;
  readonly stdout: string;
}

async function run(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<Ended> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", HOME: root, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  endsWithUs(child);
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, residentMb(child.pid ?? 0) ?? 0);
  }, lookEveryMs);
  const [code] = await once(child, "close");
  clearInterval(looking);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}.`);
  return { tookMs: performance.now() - startedAt, mostMb: most, stdout };
}
