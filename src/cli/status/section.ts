import type { Part } from "../../reply.ts";
import type { Checkout } from "../checkout.ts";

/** One thing that the status of a checkout says, for other programs and for people. */
export type Section = (checkout: Checkout) => Promise<{ readonly content: object | null; readonly parts: readonly Part[] }>;
