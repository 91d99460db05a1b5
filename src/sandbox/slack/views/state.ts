import type { Block } from "../seen-message.ts";

interface Option {
  readonly text: { readonly type: string; readonly text: string };
  readonly value: string;
}

/** What a person fills into a modal, by action id: a text, the value of an option, or the values of several. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

interface Input extends Block {
  readonly block_id: string;
  readonly optional?: boolean;
  readonly element: Block & {
    readonly action_id: string;
    readonly options?: readonly Option[];
    readonly initial_options?: readonly Option[];
    readonly max_selected_items?: number;
  };
}

/**
 * The `state` of a view as Slack submits it.
 *
 * @param suggested the options that the app has offered for a select, by action id
 * @throws Error where Slack's own form would not let a person submit that
 */
export function stateOf(
  blocks: readonly Block[],
  filled: Filled,
  suggested: (actionId: string) => readonly Option[],
): { readonly values: Readonly<Record<string, unknown>> } {
  const inputs = blocks.filter(({ type }) => type === "input") as Input[];
  const known = inputs.map(({ element }) => element.action_id);
  const unknown = Object.keys(filled).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`The view has no input ${unknown.join(", ")}; it has: ${known.join(", ")}.`);
  const values = inputs.map(({ block_id, element, optional }) => {
    // What nobody touches is submitted as the app preset it.
    const given = filled[element.action_id] ?? element.initial_options?.map(({ value }) => value);
    const isEmpty = given === undefined || given.length === 0;
    if (isEmpty && optional !== true) throw new Error(`Slack asks to fill in ${element.action_id}.`);
    return [block_id, { [element.action_id]: { type: element.type, ...filledIn(element, given, suggested) } }];
  });
  return { values: Object.fromEntries(values) };
}

function filledIn(
  element: Input["element"],
  given: Filled[string] | undefined,
  suggested: (actionId: string) => readonly Option[],
): object {
  const offered = element.type.includes("external") ? suggested(element.action_id) : (element.options ?? []);
  const pick = (value: string) => {
    const option = [...offered, ...(element.initial_options ?? [])].find((one) => one.value === value);
    if (!option) throw new Error(`${element.action_id} offers no ${value}.`);
    return option;
  };
  const isList = element.type === "checkboxes" || element.type.startsWith("multi_");
  if (isList) {
    const picked = typeof given === "string" ? [given] : (given ?? []);
    if (picked.length > (element.max_selected_items ?? 100)) throw new Error(`${element.action_id} takes no more.`);
    return { selected_options: picked.map(pick) };
  }
  if (element.type.includes("select") || element.type === "radio_buttons")
    return { selected_option: given === undefined ? null : pick(String(given)) };
  return { value: given ?? null };
}
