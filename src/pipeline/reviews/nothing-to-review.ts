import { UserError } from "../../errors.ts";
import type { Part } from "../../reply.ts";
import { clipped } from "../logs/clipped.ts";
import { leftInWords } from "./left-out.ts";
import type { Prepared } from "./prepare.ts";

const mostRows = 8;

/** There is nothing to look at: why, file by file. */
export function nothingToReview({ pull, plan }: Pick<Prepared, "pull" | "plan">): UserError {
  const sentence = `Nothing of #${pull.number} can be reviewed, so nothing was asked.`;
  return new UserError("not_applicable", "nothing_to_review", sentence, { parts: plan.left.length > 0 ? [leftTable(plan)] : [] });
}

function leftTable({ left }: Prepared["plan"]): Part {
  const rows = left.slice(0, mostRows).map(({ path, why }) => ({ cells: [clipped(path, 100), leftInWords[why]] }));
  const more = left.length > mostRows ? { more: `and ${left.length - mostRows} more` } : {};
  return { kind: "table", columns: ["File", "Why not"], rows, ...more };
}
