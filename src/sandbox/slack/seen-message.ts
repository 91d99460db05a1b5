/** A Block Kit block or element, of which only the type is sure. */
export type Block = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What an app hands over to be shown, by any of the ways Slack has. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Something to click on a message. */
export interface SeenAction {
  readonly actionId: string;
  readonly blockId: string;
  readonly type: string;
  readonly label: string;
  readonly value?: string;
  /** The page that it opens. */
  readonly url?: string;
  /** Whether Slack asks before it sends the click. */
  readonly confirms: boolean;
}

/** A file that was shared in a message. */
export interface SeenFile {
  readonly name: string;
  readonly content: string;
}

/** A message as it stands on a person's screen. */
export interface SeenMessage extends Content {
  readonly id: string;
  readonly ts: string;
  readonly channel: string;
  readonly threadTs?: string;
  /** The only person who sees it, where it is ephemeral. */
  readonly visibleTo?: string;
  readonly authorId: string;
  readonly author: string;
  readonly edited: boolean;
  readonly files?: readonly SeenFile[];
  readonly actions: readonly SeenAction[];
  /** Its place among everything that was said and typed in the sandbox. */
  readonly order: number;
}

/** Slack gives every block an id; apps find it again in the payload of a click. */
export function withBlockIds(blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => (block.block_id ? block : { ...block, block_id: `b${Math.random().toString(36).slice(2, 8)}` }));
}

/** The buttons and menus of a message, in reading order. */
export function actionsOf(blocks: readonly Block[]): readonly SeenAction[] {
  return blocks.flatMap((block) => {
    const elements = block.type === "actions" ? (block.elements as Block[]) : block.accessory ? [block.accessory as Block] : [];
    return elements
      .filter(({ type }) => type === "button" || type === "static_select")
      .map((element) => ({
        actionId: String(element.action_id ?? ""),
        blockId: String(block.block_id ?? ""),
        type: element.type,
        label: String(((element.text ?? element.placeholder) as { text?: string } | undefined)?.text ?? ""),
        ...(element.value === undefined ? {} : { value: String(element.value) }),
        ...(element.url === undefined ? {} : { url: String(element.url) }),
        confirms: element.confirm !== undefined,
      }));
  });
}
