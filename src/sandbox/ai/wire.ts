import type { AiFault, PlannedFault } from "./faults.ts";

/** What a model is asked, whatever the API. */
export interface Question {
  readonly api: "responses" | "chat";
  readonly model: string;
  readonly instructions: string;
  readonly data: string;
  readonly schema: unknown;
}

/** What a scripted model says to it: an object becomes JSON, a text is said as it stands, `refusal` declines. */
export type ScriptedAnswer = object | string | { readonly refusal: string };

/** A question as a wire format brings it. */
export interface Asked extends Question {
  readonly mostOut: number;
  readonly hasEffort: boolean;
  readonly isStream: boolean;
}

/** How an answer ends, with what it says and costs. */
export interface Answered {
  readonly id: string;
  readonly model: string;
  readonly end: "said" | "refused" | "incomplete" | "content_filter";
  readonly text: string;
  readonly tokensIn: number;
  /** What it thought is a part of it. */
  readonly tokensOut: number;
  readonly tokensThought: number;
}

export interface WireError {
  readonly status: number;
  readonly body: unknown;
}

/** An event of a stream; `name` is left out where the format names none. */
export interface SseEvent {
  readonly name?: string;
  readonly body: unknown;
}

/** An HTTP API as its vendor speaks it. */
export interface Wire {
  readonly asksAt: string;
  readonly listsAt: string;
  /** Throws a text that says what is wrong where the vendor would not take the request. */
  read(body: unknown): Asked;
  /** What is said of a fault by an HTTP status, or of a mistake in the request. */
  error(fault: AiFault | "no_such_path", words?: { readonly message?: string; readonly fault?: PlannedFault }): WireError;
  list(models: readonly SandboxModel[]): unknown;
  whole(answered: Answered): unknown;
  /** The events in order; the first says that it has begun. */
  events(answered: Answered): readonly SseEvent[];
  /** What a stream says when it fails. */
  failure(answered: Answered): SseEvent;
  /** What ends a stream, besides its close. */
  readonly sentinel: string;
}

export interface SandboxModel {
  readonly id: string;
  /** The name that it gives when it answers, where that is another one. */
  readonly answersAs?: string;
  /** A day: `2026-12-11`. */
  readonly shutdownDate?: string;
}
