import { type Child, startChild } from "../children.ts";
import type { Load, Order } from "./order.ts";

export interface LoadClient extends AsyncDisposable {
  run(order: Order): Promise<Load>;
}

export async function startLoadClient(): Promise<LoadClient> {
  const child: Child = startChild(new URL("./client.ts", import.meta.url));
  await child.next();
  return {
    async run(order) {
      child.send(order);
      const load = await child.next<Load>();
      if (load.refused > 0) throw new Error(`${load.refused} requests of the load "${order.kind}" were refused.`);
      return load;
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
