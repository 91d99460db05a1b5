import { Hooks } from "../../src/config/hooks.ts";
import type { Context } from "../../src/hooks/context.ts";
import { createContext } from "../../src/hooks/create-context.ts";
import { placeOf } from "../../src/hooks/place/place.ts";
import type { PhasePlan } from "../../src/pipeline/phases/phases.ts";
import type { Checkout } from "./a-checkout.ts";

interface Given extends Partial<Pick<Context, "problems">> {
  readonly stops?: readonly string[];
  readonly plans?: readonly PhasePlan[];
  readonly settings?: object;
  readonly variables?: Readonly<Record<string, string>>;
  readonly session?: string;
  readonly cwd?: string;
  readonly now?: () => number;
}

/** The context that a module gets in a checkout, with its real journal; close it before the checkout goes. */
export function aContext(
  checkout: Checkout,
  { settings = {}, variables = {}, session = "s-1", cwd, now, plans = [], problems = [], stops = [] }: Given = {},
) {
  const notes: object[] = [];
  const context = createContext(session, {
    place: placeOf(cwd ?? checkout.path, { CLAUDE_PROJECT_DIR: checkout.path, ...variables }),
    settings: Hooks.parse(settings),
    plans,
    problems,
    stops: () => stops,
    // Of nobody here, and not in the temporary folder, whoever runs the tests.
    variables: { HOME: "/home/ada", ...variables },
    note: (message, fields) => notes.push({ message, ...fields }),
  });
  const close = () => context.close();
  return { ...context, ...(now && { now }), notes, [Symbol.dispose]: close } satisfies Context & Disposable & { notes: object[] };
}
