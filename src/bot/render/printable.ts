/** Cuts a text to at most `most` code points, saying so by its last character. */
export function clip(value: string, most: number): string {
  const points = [...value];
  return points.length <= most ? value : `${points.slice(0, most - 1).join("")}…`;
}

/** Removes what no surface should show: control characters, rare line separators, and marks that reorder the text around them. */
export function printable(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return value.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "");
}
