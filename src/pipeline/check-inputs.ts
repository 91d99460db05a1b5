import { UserError } from "../errors.ts";
import { mostInputs, type WorkflowInput } from "./workflows.ts";

/**
 * Holds what was typed against what the workflow declares.
 *
 * @returns the inputs to send; what has a default may be left out
 * @throws UserError (invalid) that names the input and what it may be
 */
export function checkInputs(
  workflow: string,
  declared: readonly WorkflowInput[],
  typed: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const names = declared.map(({ name }) => name);
  const known = names.length === 0 ? `${workflow} takes no inputs.` : `${workflow} takes ${names.join(", ")}.`;
  if (typed.size > mostInputs) throw invalid("too_many_inputs", `A run takes at most ${mostInputs} inputs. ${known}`);
  for (const name of typed.keys()) {
    if (!names.includes(name)) throw invalid("unknown_input", `There is no input “${name}”. ${known}`);
  }
  const missing = declared.filter(({ name, isRequired, default: fallback }) => isRequired && fallback === undefined && !typed.has(name));
  if (missing.length > 0) {
    const example = missing.map(({ name, options }) => `${name}=${options[0] ?? "…"}`).join(" ");
    throw invalid("missing_input", `${workflow} needs ${missing.map(({ name }) => name).join(", ")}: add ${example}`);
  }
  return Object.fromEntries(declared.flatMap((input) => given(input, typed)));
}

function given(input: WorkflowInput, typed: ReadonlyMap<string, string>): [string, string][] {
  const value = typed.get(input.name);
  if (value === undefined) return [];
  const allowed = input.type === "boolean" ? ["true", "false"] : input.type === "choice" ? input.options : undefined;
  if (allowed && !allowed.includes(value)) throw invalid("bad_input", `${input.name} may be ${inOneSentence(allowed)}, not “${value}”.`);
  if (input.type === "number" && !/^-?\d+(?:\.\d+)?$/.test(value)) throw invalid("bad_input", `${input.name} is a number, not “${value}”.`);
  return [[input.name, value]];
}

/** `a, b or c` */
const inOneSentence = (names: readonly string[]): string => new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names);

const invalid = (reason: string, sentence: string): UserError => new UserError("invalid", reason, sentence);
