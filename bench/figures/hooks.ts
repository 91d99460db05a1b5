import { fileURLToPath } from "node:url";
import { type HookEvent, hookEvents } from "../../src/hooks/events.ts";
import { createHookPlace } from "../hooks/checkout.ts";
import { runCommand, type Took } from "../hooks/run-command.ts";
import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { type Measured, toMeasured } from "../statistics.ts";
import type { Stage } from "../targets.ts";
import { ms, ratio, spread } from "../words.ts";

const emptyAim = 1.5;
const shellAim = 0.25;
/** Of a loop of the shell, whose own start counts less then. */
const inOneGo = 3;
const dispatcher = fileURLToPath(new URL("../peers/dispatcher.sh", import.meta.url));
const typed =
  'cd crates/kernel && RUSTFLAGS="-C target-cpu=68040" cargo test --workspace --target m68k-next-nextstep.json 2>&1 | tail -n 50';
const threeMegabytes = "x".repeat(3 * 2 ** 20);

/** The command that setup writes, by the bundle that ships, beside a Node that does nothing and beside a shell script; in turn. */
export async function measureHooks({ folder }: Pick<Stage, "folder">, { hookRounds }: Size): Promise<readonly Row[]> {
  const place = createHookPlace(folder);
  const bash = place.payload("pre-tool-use", { tool_input: { command: typed } });
  const read = place.payload("pre-tool-use", { tool_name: "Read", tool_input: { file_path: `${place.checkout}/README.md` } });
  const write = { tool_name: "Write", tool_input: { file_path: `${place.checkout}/large.txt`, content: threeMegabytes } };
  const others = (Object.keys(hookEvents) as HookEvent[]).filter((event) => event !== "pre-tool-use");
  const contenders = {
    empty: { command: `'${process.execPath}' -e 0`, input: bash },
    ours: { command: place.command("pre-tool-use"), input: bash },
    plain: { command: place.command("pre-tool-use"), input: place.payload("pre-tool-use") },
    reading: { command: place.command("pre-tool-use"), input: read },
    shell: { command: `'${dispatcher}'`, input: bash },
    large: { command: place.command("pre-tool-use"), input: place.payload("pre-tool-use", write) },
    ...Object.fromEntries(others.map((event) => [event, { command: place.command(event), input: place.payload(event) }])),
  };

  const took = new Map(Object.keys(contenders).map((name): [string, Took[]] => [name, []]));
  // Its first round makes what later ones find.
  for (let round = -1; round < hookRounds; round += 1)
    for (const [name, command] of Object.entries(contenders)) {
      const one = runCommand(command, place.checkout, inOneGo);
      if (round >= 0) took.get(name)?.push(one);
    }
  const wall = (name: string) => toMeasured((took.get(name) ?? []).map(({ wallMs }) => wallMs));
  const cpu = (name: string) => toMeasured((took.get(name) ?? []).map(({ cpuMs }) => cpuMs));
  return [
    beside("hook before a plain command, all modules", wall("plain"), "empty Node", wall("empty"), emptyAim),
    beside("… computing each", cpu("plain"), "empty Node", cpu("empty"), emptyAim),
    beside("… computing each", cpu("plain"), "shell, jq, git", cpu("shell"), shellAim),
    beside("hook before a command with quotes and pipes", wall("ours"), "empty Node", wall("empty"), emptyAim),
    beside("… computing each", cpu("ours"), "empty Node", cpu("empty"), emptyAim),
    beside("… computing each", cpu("ours"), "shell, jq, git", cpu("shell"), shellAim),
    beside("hook before another tool, all modules", wall("reading"), "empty Node", wall("empty"), emptyAim),
    beside("… computing each", cpu("reading"), "empty Node", cpu("empty"), emptyAim),
    beside("hook before a file of 3 MB is written", wall("large"), "empty Node", wall("empty")),
    ...others.map((event) => beside(`hook of \`${event}\``, wall(event), "empty Node", wall("empty"))),
  ];
}

function beside(figure: string, ours: Measured, name: string, peer: Measured, aim?: number): Row {
  const row = { figure, ours: spread(ours, ms), peer: `${name} ${spread(peer, ms)}`, ratio: ratio(ours, peer) };
  return aim === undefined ? row : { ...row, aim: `≤ ${aim}×`, isMet: ours.median <= aim * peer.median };
}
