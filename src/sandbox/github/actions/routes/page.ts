import { type Answer, json, queryOf } from "../../answer.ts";
import type { Call } from "../../route.ts";

/** One page of a list under its name, with the total and the links by which clients find the other pages. */
export async function answerPage<T>(
  { world, request }: Pick<Call, "world" | "request">,
  name: string,
  all: readonly T[],
  render: (item: T) => unknown,
): Promise<Answer> {
  const { items, headers } = pageOf(world.url, request, all);
  return json(200, { total_count: all.length, [name]: await Promise.all(items.map(render)) }, headers);
}

/** The page of the list that the query asks for. */
export function pageOf<T>(url: string, request: Call["request"], all: readonly T[]): { items: T[]; headers: Record<string, string> } {
  const query = queryOf(request);
  const size = Math.min(100, Math.max(1, Number(query.get("per_page") ?? 30) || 30));
  const page = Math.max(1, Number(query.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string) => {
    const target = new URL(request.target, url);
    target.searchParams.set("page", String(to));
    return `<${target}>; rel="${rel}"`;
  };
  const back = page > 1 ? [link(page - 1, "prev"), link(1, "first")] : [];
  const on = page < last ? [link(page + 1, "next"), link(last, "last")] : [];
  const links = [...back, ...on];
  return { items: all.slice((page - 1) * size, page * size), headers: links.length > 0 ? { link: links.join(", ") } : {} };
}
