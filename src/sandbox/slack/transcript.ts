import { actionsOf, type Content, type SeenFile, type SeenMessage, withBlockIds } from "./seen-message.ts";

/** What is needed to show a message; the rest follows from it. */
interface Showing extends Content {
  readonly channel: string;
  readonly authorId: string;
  readonly author: string;
  readonly ts?: string;
  readonly threadTs?: string;
  readonly visibleTo?: string;
  readonly files?: readonly SeenFile[];
}

/** Every message on somebody's screen, ephemeral ones too, which Slack itself keeps nowhere. */
export class Transcript {
  readonly #messages = new Map<string, SeenMessage>();
  readonly #listeners = new Set<() => void>();
  #order = 0;

  /** The next place in the order of all things said and typed. */
  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  show({ channel, authorId, author, text, blocks, ts, threadTs, visibleTo, files }: Showing): SeenMessage {
    const order = this.nextOrder();
    const shownBlocks = withBlockIds(blocks);
    // Ephemeral messages get a time of their own, in the digits that the emulation leaves free.
    const shownTs = ts ?? `${Math.floor(Date.now() / 1000)}.9${String(order).padStart(5, "0")}`;
    const message: SeenMessage = {
      id: `${channel}-${shownTs}`,
      ts: shownTs,
      channel,
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(visibleTo === undefined ? {} : { visibleTo }),
      ...(files === undefined ? {} : { files }),
      authorId,
      author,
      text,
      blocks: shownBlocks,
      edited: false,
      actions: actionsOf(shownBlocks),
      order,
    };
    this.#messages.set(message.id, message);
    this.changed();
    return message;
  }

  edit(id: string, { text, blocks }: Content): SeenMessage | undefined {
    const message = this.#messages.get(id);
    if (message === undefined) return undefined;
    const shownBlocks = withBlockIds(blocks);
    const edited = { ...message, text, blocks: shownBlocks, actions: actionsOf(shownBlocks), edited: true };
    this.#messages.set(id, edited);
    this.changed();
    return edited;
  }

  remove(id: string): void {
    if (this.#messages.delete(id)) this.changed();
  }

  find(id: string): SeenMessage | undefined {
    return this.#messages.get(id);
  }

  /** The channel as the person sees it; as everybody together sees it, where no person is given. */
  seenIn(channel: string, personId?: string): readonly SeenMessage[] {
    return [...this.#messages.values()].filter(
      (one) => one.channel === channel && (one.visibleTo === undefined || personId === undefined || one.visibleTo === personId),
    );
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
