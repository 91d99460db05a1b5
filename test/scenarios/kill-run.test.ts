import { describe, expect, it } from "vitest";
import { dieAt, type Killable, playRows, type KillRow as Row, saidOnce } from "./killable.ts";

const dispatchCall = /\/dispatches$/;

/** Starts Nightly twice, GitHub's answer lost both times, so that there are two runs of ours. */
async function startTwo(world: Killable): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let turn = 0; turn < 2; turn++) {
    await world.start();
    ids.push(await dieAt(world, "/ci-run nightly @main", dispatchCall, "carried out"));
  }
  await world.restart();
  return ids;
}

/** The run that each reply links to. */
const linksOf = (world: Killable, ids: readonly number[]) =>
  Promise.all(ids.map(async (id) => /runs\/\d+/.exec(String(await world.replies(world.github.pulls.red, id)))?.[0]));

/** Makes Nightly take what it is to be known by, and show it. */
async function declareCorrelation({ github }: Killable): Promise<void> {
  const url = `${github.url}/repos/${github.repository}/contents/.github/workflows/nightly.yml`;
  const headers = { authorization: `token ${github.people.grace.token}`, "content-type": "application/json" };
  const { sha } = (await (await fetch(url, { headers })).json()) as { sha: string };
  const text = `name: Nightly\nrun-name: Nightly \${{ inputs.correlation_id }}\non: { workflow_dispatch: { inputs: { correlation_id: {} } } }\njobs: { soak-test: {} }\n`;
  const body = JSON.stringify({ message: "Name the run", content: Buffer.from(text).toString("base64"), sha });
  expect((await fetch(url, { method: "PUT", headers, body })).status).toBe(200);
}

const rows: readonly Row[] = [
  {
    when: "run was answered and nobody here knew",
    outcome: "the one run that is ours is found, and none started again",
    async play(world) {
      await world.start();
      const id = await dieAt(world, "/ci-run nightly @main", dispatchCall, "carried out");
      await world.restart();
      await saidOnce(world, id, /Started Nightly on main/);
      expect(world.countDone(dispatchCall)).toBe(1);
    },
  },
  {
    when: "run was confirmed",
    outcome: "its run is found, and none started again",
    async play(world) {
      await world.start();
      const id = await dieAt(world, "/ci-run nightly @main", /\/actions\/runs\/\d+$/, "not carried out");
      await world.restart();
      await saidOnce(world, id, /Started Nightly on main/);
      expect(world.countDone(dispatchCall)).toBe(1);
    },
  },
  {
    when: "run never reached GitHub",
    outcome: "it is called uncertain, and not asked again",
    async play(world) {
      await world.start();
      const id = await dieAt(world, "/ci-run nightly @main", dispatchCall, "not carried out");
      await world.restart();
      await saidOnce(world, id, /GitHub did not say whether it started Nightly on main/);
      expect(world.countDone(dispatchCall)).toBe(0);
    },
  },
  {
    when: "run was answered twice and nobody here knew",
    outcome: "each is told apart or called uncertain, and not asked again",
    async play(world) {
      const ids = await startTwo(world);
      for (const id of ids) await saidOnce(world, id, /Started Nightly on main|GitHub did not say whether it started Nightly on main/);
      const links = (await linksOf(world, ids)).filter((link) => link !== undefined);
      expect(new Set(links).size).toBe(links.length);
      expect(world.countDone(dispatchCall)).toBe(2);
    },
  },
  {
    when: "run with a correlation_id was answered twice and nobody here knew",
    outcome: "each finds its own run",
    async play(world) {
      await declareCorrelation(world);
      const ids = await startTwo(world);
      for (const id of ids) await saidOnce(world, id, /Started Nightly on main/);
      expect(new Set(await linksOf(world, ids)).size).toBe(2);
      expect(world.countDone(dispatchCall)).toBe(2);
    },
  },
];

describe("SIGKILL when", () => {
  const played = playRows(rows);

  it.each(rows)("$when: $outcome", (row) => played(row), 240_000);
});
