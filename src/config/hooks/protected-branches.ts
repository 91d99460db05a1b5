import { z } from "zod";
import { globProblem } from "../../pipeline/policy/glob.ts";

export const glob = z.string().superRefine((pattern, context) => {
  const problem = globProblem(pattern);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

export const protectedBranches = z.array(glob).max(50).default(["main", "master"]);
