import { el } from "./dom.js";

// The names that the bot and people here use; another name stays as it was written.
const emoji = {
  eyes: "👀",
  rocket: "🚀",
  confused: "😕",
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  x: "❌",
  warning: "⚠️",
  no_entry: "⛔",
  no_entry_sign: "🚫",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  arrows_counterclockwise: "🔄",
  repeat: "🔁",
  red_circle: "🔴",
  large_red_circle: "🔴",
  large_yellow_circle: "🟡",
  large_green_circle: "🟢",
  large_blue_circle: "🔵",
  white_circle: "⚪",
  black_circle: "⚫",
  tada: "🎉",
  heart: "❤️",
  "+1": "👍",
  thumbsup: "👍",
  "-1": "👎",
  laughing: "😆",
  bulb: "💡",
  mag: "🔍",
  lock: "🔒",
  link: "🔗",
  rotating_light: "🚨",
  moneybag: "💰",
  information_source: "ℹ️",
  question: "❓",
  exclamation: "❗",
  bell: "🔔",
  no_bell: "🔕",
  construction: "🚧",
  double_vertical_bar: "⏸️",
  fast_forward: "⏩",
  black_square_for_stop: "⏹️",
  stopwatch: "⏱️",
  clipboard: "📋",
  chart_with_upwards_trend: "📈",
  wrench: "🔧",
  snowflake: "❄️",
  fire: "🔥",
  robot_face: "🤖",
  wave: "👋",
};

export const emojiOf = (name) => (Object.hasOwn(emoji, name) ? emoji[name] : undefined);

// GitHub's reactions, by either of its names for them.
const reactions = {
  "+1": ["👍", "thumbs up"],
  THUMBS_UP: ["👍", "thumbs up"],
  "-1": ["👎", "thumbs down"],
  THUMBS_DOWN: ["👎", "thumbs down"],
  laugh: ["😄", "laugh"],
  LAUGH: ["😄", "laugh"],
  hooray: ["🎉", "hooray"],
  HOORAY: ["🎉", "hooray"],
  confused: ["😕", "confused"],
  CONFUSED: ["😕", "confused"],
  heart: ["❤️", "heart"],
  HEART: ["❤️", "heart"],
  rocket: ["🚀", "rocket"],
  ROCKET: ["🚀", "rocket"],
  eyes: ["👀", "eyes"],
  EYES: ["👀", "eyes"],
};

/** A reaction as a picture that says its name. */
export function reaction(content) {
  const [picture, name] = reactions[content] ?? [content, content];
  return el("span", { role: "img", "aria-label": name, title: name }, picture);
}
