import { actionsOf, type Block, type SeenAction } from "../seen-message.ts";

/** A modal or an App Home as Slack's API gives it. */
export type SlackView = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: "modal" | "home";
  readonly blocks: readonly Block[];
};

/** A modal or an App Home as it stands on a person's screen. */
export interface SeenView {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Absent where nothing can be submitted. */
  readonly submit?: string;
  /** Its buttons and menus, those inside inputs included. */
  readonly actions: readonly SeenAction[];
  /** As the app and Slack pass it to and fro. */
  readonly raw: SlackView;
}

/** What each person has open: the stack of modals, and the App Home. */
export class Screens {
  readonly #modals = new Map<string, SlackView[]>();
  readonly #homes = new Map<string, SlackView>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  open(person: string, view: SlackView): void {
    this.#stackFor(person, [...this.#stack(person), view]);
  }

  publish(person: string, view: SlackView): void {
    this.#homes.set(person, view);
    this.#onChange();
  }

  /** false where nobody has it open any more. */
  update(view: SlackView): boolean {
    const person = [...this.#modals.keys()].find((one) => this.#stack(one).some(({ id }) => id === view.id));
    if (person === undefined) return false;
    this.#stackFor(
      person,
      this.#stack(person).map((one) => (one.id === view.id ? view : one)),
    );
    return true;
  }

  isOpen(id: string): boolean {
    return [...this.#modals.values()].some((stack) => stack.some((view) => view.id === id));
  }

  /** Closes the topmost modal, or all of them. */
  close(person: string, all: boolean): void {
    this.#stackFor(person, all ? [] : this.#stack(person).slice(0, -1));
  }

  /** The topmost modal. */
  modal(person: string): SeenView | undefined {
    return toSeen(this.#stack(person).at(-1));
  }

  home(person: string): SeenView | undefined {
    return toSeen(this.#homes.get(person));
  }

  #stackFor(person: string, stack: readonly SlackView[]): void {
    this.#modals.set(person, [...stack]);
    this.#onChange();
  }

  #stack(person: string): readonly SlackView[] {
    return this.#modals.get(person) ?? [];
  }
}

function toSeen(raw: SlackView | undefined): SeenView | undefined {
  if (!raw) return undefined;
  const text = (value: unknown) => (value as { text?: string } | null | undefined)?.text;
  const submit = text(raw.submit);
  return {
    id: raw.id,
    title: text(raw.title) ?? "",
    blocks: raw.blocks,
    ...(submit !== undefined && { submit }),
    actions: actionsOf(raw.blocks),
    raw,
  };
}
