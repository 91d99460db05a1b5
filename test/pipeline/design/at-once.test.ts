import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createDesignHelp } from "../../../src/pipeline/design/design-help.ts";
import { addDesignHelp, designHelpTask } from "../../../src/pipeline/design/wish.ts";
import { aRequest, aWish, startDesigning } from "./designing.ts";

it("asks for one of two designs that come at once where there is room for one", async () => {
  const designing = await startDesigning();
  const { services, worker } = designing;
  // Whoever has passed the limits waits here for the other one, for a while.
  let waiting = 0;
  const looks = new Map<string, number>();
  const keys = {
    ...services.keys,
    async get(key: string) {
      const look = (looks.get(key) ?? 0) + 1;
      looks.set(key, look);
      if (look === 2) {
        waiting += 1;
        for (let round = 0; round < 40 && waiting < 2; round++) await sleep(25);
      }
      return services.keys.get(key);
    },
  } as typeof services.keys;
  await designing.tx(async (tx) => {
    for (const id of ["a", "b"]) {
      const from = { kind: "session", request: aRequest({ id }) } as const;
      await addDesignHelp(aWish({ id, input: { question: `How is ${id} done?` }, from }), tx);
    }
  });

  worker.start({ [designHelpTask]: createDesignHelp({ ...services, keys }) });
  await worker.drain(30_000);

  expect(designing.channel.calls).toHaveLength(1);
  expect((await designing.audit()).map(({ reason }) => reason).toSorted()).toEqual(["answered", "design_cooldown"]);
  await worker.stop(0);
  await designing.close();
});
