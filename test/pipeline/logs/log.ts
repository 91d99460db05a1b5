const encoder = new TextEncoder();

/** A log as a stream: each text is a chunk. */
export async function* aLog(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === "string" ? encoder.encode(chunk) : chunk;
}
