import { answerJson, type Route } from "./http.ts";

/** Resolves when the thing works and rejects with the reason when it does not. */
export type Probe = () => Promise<unknown>;

const probeWithinMs = 3_000;

/**
 * Asks until it worked once. Other systems show whether we are set up rightly; when they are away later, we are still the ones to say so,
 * and a load balancer that took us out would make us silent.
 */
export function untilItWorks(probe: Probe): Probe {
  let asked: Promise<unknown> | undefined;
  return () => {
    asked ??= probe().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, and if not, which part cannot.
 *
 * @param asides what is shown beside, and keeps us from no work
 */
export function healthRoutes(probes: Readonly<Record<string, Probe>>, asides: Readonly<Record<string, Probe>> = {}): readonly Route[] {
  return [
    { method: "GET", path: "/healthz", handle: (_, response) => answerJson(response, 200, { status: "ok" }) },
    {
      method: "GET",
      path: "/readyz",
      async handle(_, response) {
        const [checks, shown] = await Promise.all([probes, asides].map(statesOf));
        const isReady = Object.values(checks ?? {}).every((state) => state === "ok");
        answerJson(response, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", checks: { ...checks, ...shown } });
      },
    },
  ];
}

async function statesOf(probes: Readonly<Record<string, Probe>>): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(Object.entries(probes).map(async ([name, probe]) => [name, await stateOf(probe)])));
}

async function stateOf(probe: Probe): Promise<string> {
  const tooLate = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("no answer in time")), probeWithinMs).unref();
  });
  try {
    await Promise.race([probe(), tooLate]);
    return "ok";
  } catch (error) {
    return error instanceof Error ? error.message : "failed";
  }
}
