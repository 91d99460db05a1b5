import type { Place, Sighting } from "./diagnoses.ts";
import type { Evidence } from "./diagnosis.ts";
import { at } from "./words.ts";

const minuteMs = 60_000;
const mostNamed = 3;

/** `Seen in #12, #14 and #19 in the last 30 minutes`, and the newest on a branch by itself. */
export function seenElsewhere(sightings: readonly Sighting[], now: number): readonly Evidence[] {
  const onBranch = sightings.find(({ place }) => place.startsWith("branch:"));
  const pulls = new Map<string, Sighting>();
  for (const one of sightings) if (!one.place.startsWith("branch:")) pulls.set(numberOf(one.place), pulls.get(numberOf(one.place)) ?? one);
  const [newest] = pulls.values();
  return [
    ...(onBranch ? [{ text: `The same error on ${at(onBranch.place.slice("branch:".length), onBranch)}`, url: onBranch.url }] : []),
    ...(newest
      ? [
          {
            text: `Seen in ${list([...pulls.keys()])} ${since(Math.min(...[...pulls.values()].map((one) => one.at)), now)}`,
            url: newest.url,
          },
        ]
      : []),
  ];
}

const numberOf = (place: Place): string => `#${place.slice(place.indexOf(":") + 1)}`;

function list(names: readonly string[]): string {
  const shown = names.length > mostNamed ? [...names.slice(0, mostNamed), `${names.length - mostNamed} more`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** In steps, so that it reads quickly: half an hour, hours, days. */
function since(oldest: number, now: number): string {
  const minutes = Math.max(1, Math.ceil((now - oldest) / minuteMs));
  if (minutes <= 30) return "in the last 30 minutes";
  if (minutes <= 90) return "in the last 90 minutes";
  if (minutes <= 48 * 60) return `in the last ${Math.ceil(minutes / 60)} hours`;
  return `in the last ${Math.ceil(minutes / 60 / 24)} days`;
}
