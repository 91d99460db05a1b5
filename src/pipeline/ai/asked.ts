import type { Services } from "../../services.ts";
import type { PicoUsd } from "../usage/money.ts";
import type { Attribution } from "../usage/usage.ts";
import type { PassedOver } from "./call.ts";
import type { ChannelName } from "./channel.ts";
import type { Failure } from "./provider.ts";

export type AskNeeds = Pick<Services, "channels" | "records" | "keys" | "priceBook" | "money" | "timings" | "secrets" | "now">;

/** What is asked, on whose behalf. */
export interface Asking extends Attribution {
  /** Names it for ever: whoever comes with it again, after a crash, asks the same. */
  readonly id: string;
  readonly channel: ChannelName;
  /** An answer from before is not good enough. */
  readonly isForced?: boolean;
}

/** Who answered or failed. */
interface By {
  /** As people know it, and as in Usage. */
  readonly name: string;
  readonly service: string;
  /** The model by its own word; of a failure the one that was asked. */
  readonly model: string;
}

export type AskResult<T> =
  | (By & { readonly kind: "answered"; readonly value: T /** When it was given, where it was given before. */; readonly keptAt?: number })
  | (By & { readonly kind: "failed"; readonly failure: Failure; readonly detail: string; readonly retryAt?: number });

export type Asked<T> =
  /** Nobody was asked. The message is for people. */
  | {
      readonly kind: "refused";
      readonly reason: "not_configured" | "nobody_left" | "budget" | "limit" | "cooldown" | "over";
      readonly message: string;
      readonly retryAt?: number;
    }
  | {
      readonly kind: "asked";
      /** One for each prompt, in order. */
      readonly results: readonly AskResult<T>[];
      /** Who could not answer, so that another one did; each once. */
      readonly passedOver: readonly PassedOver[];
      /** What it cost as far as it is known, with what it took before a crash; 0 where all was answered before. */
      readonly costPico: PicoUsd;
      /** Nobody knows what some of it cost: at most what was reserved counts as spent. */
      readonly isCostUncertain: boolean;
    };
