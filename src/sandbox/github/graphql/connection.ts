import { GraphqlFailure } from "./context.ts";

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface Connection<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const largestPage = 100;
const cursorAt = (index: number): string => Buffer.from(`cursor:${index}`).toString("base64");

function indexOf(cursor: string): number {
  const found = /^cursor:(\d+)$/.exec(Buffer.from(cursor, "base64").toString());
  if (!found) throw new GraphqlFailure("UNPROCESSABLE", `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(found[1]);
}

/** One page of a list, under GitHub's rule that a page must be bounded. */
export function connectionOf<Node>(name: string, all: readonly Node[], { first, last, after, before }: PageArgs): Connection<Node> {
  const size = first ?? last;
  if (size == null) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw new GraphqlFailure("MISSING_PAGINATION_BOUNDARIES", message);
  }
  if (size < 0 || size > largestPage) {
    const bound = first == null ? "last" : "first";
    const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${bound}\` limit of ${largestPage} records.`;
    throw new GraphqlFailure("EXCESSIVE_PAGINATION", message);
  }

  let start = after ? indexOf(after) + 1 : 0;
  let end = before ? Math.min(indexOf(before), all.length) : all.length;
  if (first != null) end = Math.min(end, start + first);
  else start = Math.max(start, end - size);
  const nodes = all.slice(start, end);
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node, index) => ({ cursor: cursorAt(start + index), node })),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? cursorAt(start) : null,
      endCursor: nodes.length > 0 ? cursorAt(end - 1) : null,
    },
  };
}
