import type { Logger } from "pino";
import { CannotStart } from "../config/cannot-start.ts";
import { ServiceError } from "../errors.ts";

/**
 * Wrong credentials keep us from starting; a service that is merely away does not, `/readyz` says it.
 *
 * @throws CannotStart
 */
export async function refuseWrongCredentials(checks: Readonly<Record<string, () => Promise<unknown>>>, log: Logger): Promise<void> {
  const problems = await Promise.all(
    Object.entries(checks).map(async ([service, check]) => {
      try {
        await check();
      } catch (error) {
        if (error instanceof ServiceError && !error.retryable) return [`${error.message} Check its variables (docs/configuration.md).`];
        log.warn({ err: error, service }, "a service does not answer at start");
      }
      return [];
    }),
  );
  if (problems.flat().length > 0) throw new CannotStart(problems.flat());
}

/** Throws what kept the state from being opened, as a problem where it is one. */
export function stateProblem(error: unknown): never {
  throw error instanceof ServiceError ? new CannotStart([error.message]) : error;
}

/** What kept us from listening, as a problem where it is one. */
export function portProblem(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new CannotStart([`Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another one.`]);
  if (code === "EACCES") return new CannotStart([`Port ${port} on ${host} may not be used by this account. Set PORT to one above 1023.`]);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return new CannotStart([`HOST ${host} is no address of this machine.`]);
  return error;
}
