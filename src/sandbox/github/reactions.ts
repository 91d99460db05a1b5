export interface Reaction {
  readonly id: number;
  readonly subjectId: string;
  readonly login: string;
  /** As GraphQL names it: EYES, ROCKET, THUMBS_UP, … */
  readonly content: string;
  readonly createdAt: string;
}

/** Reactions by what they are on. An account reacts at most once with the same content. */
export class Reactions {
  #all: readonly Reaction[] = [];
  #lastId = 0;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  on(subjectId: string): Reaction[] {
    return this.#all.filter((reaction) => reaction.subjectId === subjectId);
  }

  add(subjectId: string, login: string, content: string): Reaction {
    const existing = this.#find(subjectId, login, content);
    if (existing) return existing;

    const reaction = { id: ++this.#lastId, subjectId, login, content, createdAt: new Date().toISOString() };
    this.#all = [...this.#all, reaction];
    this.#onChange();
    return reaction;
  }

  remove(subjectId: string, login: string, content: string): Reaction | undefined {
    const existing = this.#find(subjectId, login, content);
    if (!existing) return undefined;

    this.#all = this.#all.filter((reaction) => reaction !== existing);
    this.#onChange();
    return existing;
  }

  #find(subjectId: string, login: string, content: string): Reaction | undefined {
    return this.on(subjectId).find((reaction) => reaction.login === login && reaction.content === content);
  }
}
