import type { StoredMessage } from "./outbox.ts";

/** `status #12`: what it does, and to which place where it names one. The rest of its text may differ. */
function subjectOf(command: string): string {
  const [verb = "", ...words] = command.split(/\s+/);
  return [verb.toLowerCase(), ...words.filter((word) => /#\d+$|^@./.test(word))].join(" ");
}

/**
 * The messages of a conversation that newer ones stand in for: to each of their commands there is a newer answer.
 *
 * @param sent what was sent there, oldest first
 */
export function outdated(sent: readonly StoredMessage[]): readonly StoredMessage[] {
  const newer = new Set<string>();
  const found: StoredMessage[] = [];
  for (const message of sent.toReversed()) {
    const subjects = message.answers.flatMap(({ command }) => (command === undefined ? [] : [subjectOf(command)]));
    const isAnswer = subjects.length > 0 && subjects.length === message.answers.length;
    if (isAnswer && subjects.every((subject) => newer.has(subject))) found.push(message);
    for (const subject of subjects) newer.add(subject);
  }
  return found.toReversed();
}
