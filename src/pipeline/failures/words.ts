import { shortSha } from "../next-step.ts";
import type { FailedJob } from "./diagnosis.ts";

/** `main at ab12cd3` */
export const at = (branch: string, { headSha }: { readonly headSha: string }): string =>
  branch === "" ? shortSha(headSha) : `${branch} at ${shortSha(headSha)}`;

/** `test-rust failed in 4 of the last 20 runs on main`; undefined where it never did, or that is not known. */
export function failedOnMain({ name, onMain }: Pick<FailedJob, "name" | "onMain">): string | undefined {
  if (!onMain || onMain.failed === 0) return undefined;
  if (onMain.of === 1) return `${name} failed in its only run that I know of on ${onMain.branch ?? "main"}`;
  return `${name} failed in ${onMain.failed} of the last ${onMain.of} runs on ${onMain.branch ?? "main"}`;
}
