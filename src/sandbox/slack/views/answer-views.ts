import type { ApiAnswer } from "../workspace.ts";
import type { Screens, SlackView } from "./screens.ts";

type Args = Readonly<Record<string, unknown>>;

/** A modal that its person has closed cannot be changed; the emulation does not know that it was. */
export function viewRefusal(method: string, args: Args, screens: Screens): ApiAnswer | undefined {
  const isGone = method === "views.update" && args.view_id !== undefined && !screens.isOpen(String(args.view_id));
  return isGone ? { ok: false, error: "not_found" } : undefined;
}

/** Puts on the screen what a call of `views.*` was answered with. */
export function showView(method: string, args: Args, answer: ApiAnswer, userOf: (viewId: string) => string, screens: Screens): void {
  const view = answer.view as SlackView;
  if (method === "views.open") screens.open(userOf(String(args.trigger_id)), view);
  else if (method === "views.update") screens.update(view);
  else if (method === "views.publish") screens.publish(String(args.user_id), view);
}
