// One more process on the same state. Arguments: address, role, and the role's own. It tells what it does line by line.
import { once } from "node:events";
import { ServiceError } from "../../src/errors.ts";
import { openAddress } from "./place.ts";

const [address = "", role = "", argument = ""] = process.argv.slice(2);
const say = (...words: readonly (string | number)[]) => process.stdout.write(`${words.join(" ")}\n`);
/** CLOCK_MONOTONIC, the same for all processes of a machine. */
const clock = () => Number(process.hrtime.bigint() / 1_000n);

const state = await openAddress(address, { leaseMs: 600, heartbeatMs: 150, pollMs: 50 });
say("ready");

switch (role) {
  case "claim": {
    await once(process.stdin, "data");
    const keys = Array.from({ length: Number(argument) }, (_, index) => `key-${index}`);
    const taken = await Promise.all(keys.map((key) => state.claims.claim(key, `process-${process.pid}`, 60_000)));
    say("claimed", taken.filter((claim) => claim.state === "claimed").length);
    process.exit();
    break;
  }
  case "ask": {
    await once(process.stdin, "data");
    const tries: number[] = [];
    for (let turn = 0; turn < Number(argument); turn++)
      tries.push(
        await state.records.transaction(({ asks }) =>
          asks.begin({ id: "shared", purpose: "review", channel: "gemini", prompt: "review@1" }, Date.now()),
        ),
      );
    say("begun", ...tries);
    process.exit();
    break;
  }
  case "work":
    await once(process.stdin, "data");
    state.worker.start({
      async work({ id }) {
        const from = clock();
        await new Promise((resolve) => setTimeout(resolve, 2));
        say("ran", id, from, clock());
      },
    });
    break;
  case "hang":
    state.worker.start({
      async work({ id, signal }) {
        say("started", id);
        await once(signal, "abort");
        say("aborted", `${id}:`, signal.reason.message);
        throw new ServiceError("too late", { service: "GitHub", retryable: false });
      },
    });
    break;
  case "die-after-storing":
    await state.records.transaction((tx) => tx.queue.add({ id: argument, task: "work", payload: null }));
    process.kill(process.pid, "SIGKILL");
    break;
  default:
    throw new Error(`There is no role ${role}.`);
}
