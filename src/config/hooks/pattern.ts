import { z } from "zod";
import { globProblem } from "../../pipeline/policy/glob.ts";

/** A pattern of `*`, `**` and `?`. */
export const pattern = z.string().superRefine((value, { addIssue }) => {
  const problem = globProblem(value);
  if (problem !== undefined) addIssue(problem);
});

/** What a rule does: stops the tool, or tells the model and lets it run. */
export const mode = z.enum(["block", "warn"]);
