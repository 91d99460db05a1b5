/** The text in at most `most` code points, the last of which is … when something was left out. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text.toWellFormed();
  // Twice as many units hold that many code points and one more, so that a text of megabytes is not taken apart.
  const points = [...text.slice(0, 2 * most + 2).toWellFormed()];
  return points.length <= most ? points.join("") : `${points.slice(0, most - 1).join("")}…`;
}
