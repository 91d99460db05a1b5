import { verdict } from "./states.js";

/** The places of GitHub that can be looked at, each as the switch offers it and as the pane draws it. */
export function placesOf({ pulls, main, discussions }) {
  return [...pulls.map(toPull), toBranch(main), ...discussions.map((one) => toDiscussion(one, discussions.length > 1))];
}

function toPull({ number, title, author, branch, runs, checks, comments, threads }) {
  const lines = threads.map(({ comments: replies, ...on }) => ({ id: replies[0].id, on, replies }));
  return {
    key: String(number),
    kind: "pull",
    target: number,
    option: { label: `#${number}`, note: shortOf(runs) },
    title,
    note: `#${number}`,
    heading: [author, { text: " from " }, { code: branch }],
    state: "Open",
    runs,
    checks,
    conversation: [...comments, ...lines].sort((a, b) => beganAt(a) - beganAt(b)),
  };
}

const toBranch = ({ name, runs, checks }) => ({
  key: name,
  kind: "branch",
  target: name,
  option: { label: name, note: shortOf(runs) },
  title: name,
  note: "what everybody builds on",
  heading: [],
  state: "Default branch",
  runs,
  checks,
});

function toDiscussion({ number, title, category, comments, ...opening }, isOneOfMany) {
  const topics = comments.map(({ replies, ...said }) => ({ id: said.id, opening: said, replies }));
  return {
    key: `discussion-${number}`,
    kind: "discussion",
    target: number,
    option: { label: isOneOfMany ? `Discussion ${number}` : "Discussion" },
    title,
    note: `#${number}`,
    heading: [opening.author, { text: " asked in " }, { code: category }],
    state: "Discussion",
    conversation: [opening, ...topics],
  };
}

const shortOf = (runs) => verdict(runs.flatMap(({ jobs }) => jobs)).short;

const beganAt = ({ createdAt, replies }) => Date.parse(createdAt ?? replies[0].createdAt);
