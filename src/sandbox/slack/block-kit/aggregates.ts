import { complain } from "./complaint.ts";

interface AnyBlock {
  readonly type: string;
  readonly block_id?: string | undefined;
}

/** What holds of blocks together, on any surface: ids are unique, of blocks in all and of actions in one block. */
export function idComplaints(blocks: readonly AnyBlock[], at: readonly PropertyKey[]): string[] {
  const seen = new Set<string>();
  return blocks.flatMap(({ block_id, ...block }, index) => {
    const complaints: string[] = [];
    if (block_id !== undefined && seen.has(block_id)) complaints.push(complain("block_id must be unique", [...at, index, "block_id"]));
    if (block_id !== undefined) seen.add(block_id);
    const ids = "elements" in block ? (block.elements as { action_id?: string }[]).flatMap(({ action_id }) => action_id ?? []) : [];
    if (new Set(ids).size < ids.length) complaints.push(complain("action_id must be unique within its block", [...at, index, "elements"]));
    return complaints;
  });
}

const of = (blocks: readonly AnyBlock[], type: string) => blocks.filter((block) => block.type === type);

/** What holds of the blocks of a message together. */
export function messageComplaints(blocks: readonly AnyBlock[], at: readonly PropertyKey[]): string[] {
  const tables = of(blocks, "table");
  const rules: readonly (readonly [boolean, string])[] = [
    [tables.length > 1, "only one table allowed"],
    [lengthOfTexts(tables) > 10_000, "table must hold less than 10001 characters"],
    [lengthOfTexts(of(blocks, "data_table")) > 20_000, "data_table must hold less than 20001 characters"],
    [of(blocks, "data_visualization").length > 2, "no more than 2 charts allowed"],
    [lengthOfTexts(of(blocks, "markdown")) > 12_000, "markdown must hold less than 12001 characters"],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, message]) => complain(message, at));
}

/** The characters of every text in a value, however deep. */
export function lengthOfTexts(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lengthOfTexts(item), 0);
  if (value === null || typeof value !== "object") return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === "text" && typeof item === "string" ? [...item].length : lengthOfTexts(item)),
    0,
  );
}
