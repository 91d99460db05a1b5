import { z } from "zod";
import { globProblem } from "../../pipeline/policy/glob.ts";

/** The words that a command begins with, beside its options: `cargo build*`. */
export const commandPatterns = z
  .array(
    z.string().superRefine((value, { addIssue }) => {
      const problem = globProblem(value);
      if (problem !== undefined) addIssue(problem);
    }),
  )
  .max(100);
