/** Does something in the sandbox and gives what it says of it. Throws with the sandbox's own words where it refuses. */
export async function post(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

/** The command table; empty where it cannot be had, for then there are only no hints. */
export async function readCommands() {
  try {
    return await (await fetch("/sandbox/commands.json")).json();
  } catch {
    return [];
  }
}

const againMs = 2_000;

/** Hears of every new state; the browser connects again by itself unless the answer was a refusal. */
export function listen({ onState, onLost }) {
  const events = new EventSource("/sandbox/events");
  events.addEventListener("message", ({ data }) => onState(JSON.parse(data)));
  events.addEventListener("error", () => {
    onLost();
    if (events.readyState === EventSource.CLOSED) setTimeout(() => listen({ onState, onLost }), againMs);
  });
}
