import { ServiceError, storage } from "../../errors.ts";

/** SQLite's primary result codes that tell of the disk or of another process, not of a mistake of ours: https://sqlite.org/rescode.html */
const busy = 5;
const mayPass = new Set([busy, 6, 8, 10, 13, 14]); // locked, read-only, I/O error, disk full, cannot open
const broken = new Set([11, 26]); // corrupt, not a database

export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff; // the upper bits refine the code
}

export const isBusy = (error: unknown): boolean => resultCode(error) === busy;

/** Failures of the database become ServiceErrors; anything else is passed on as it is. */
export function toServiceError(error: unknown): unknown {
  const code = resultCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  if (mayPass.has(code))
    return new ServiceError(`The database cannot be used now: ${error.message}.`, { service: storage, retryable: true, cause: error });
  if (broken.has(code))
    return new ServiceError(`The database file is damaged: ${error.message}.`, { service: storage, retryable: false, cause: error });
  return error;
}
