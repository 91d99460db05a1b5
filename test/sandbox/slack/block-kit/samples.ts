// The smallest good thing of each kind, with more fields or others where a test wants them.

export type More = Readonly<Record<string, unknown>>;

export const x = (count: number): string => "x".repeat(count);
export const times = <T>(count: number, item: T | ((at: number) => T)): T[] =>
  Array.from({ length: count }, (_, at) => (typeof item === "function" ? (item as (at: number) => T)(at) : item));

export const plain = (text: string) => ({ type: "plain_text", text });
export const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
export const section = (more: More = { text: mrkdwn("x") }) => ({ type: "section", ...more });
export const actions = (...elements: More[]) => ({ type: "actions", elements });
export const input = (element: More, more: More = {}) => ({ type: "input", label: plain("Name"), element, ...more });
export const button = (more: More = {}) => ({ type: "button", text: plain("Retry"), action_id: "retry", ...more });
export const confirm = (more: More = {}) => ({
  title: plain("Sure?"),
  text: mrkdwn("It costs."),
  confirm: plain("Yes"),
  deny: plain("No"),
  ...more,
});
export const option = (more: More = {}) => ({ text: plain("One"), value: "1", ...more });
export const menu = (more: More = { options: [option()] }) => ({ type: "static_select", action_id: "choose", ...more });
export const image = (more: More = {}) => ({ type: "image", image_url: "https://x.test/a.png", alt_text: "A cube", ...more });
export const richText = (...elements: More[]) => ({ type: "rich_text", elements });
export const line = (...elements: More[]) => ({ type: "rich_text_section", elements });
export const bullets = (more: More) =>
  richText({ type: "rich_text_list", style: "bullet", elements: [line({ type: "text", text: "x" })], ...more });
export const cell = (text = "x") => ({ type: "raw_text", text });
export const table = (rows: unknown[][], more: More = {}) => ({ type: "table", rows, ...more });
export const dataTable = (rows: unknown[][], more: More = {}) => ({ type: "data_table", caption: "Jobs", rows, ...more });
export const pie = (segments: More[], title = "Spend") => ({ type: "data_visualization", title, chart: { type: "pie", segments } });
export const segment = (more: More = {}) => ({ label: "o3", value: 1, ...more });
export const series = (name: string, labels: readonly string[] = ["Mon"]) => ({ name, data: labels.map((label) => ({ label, value: 1 })) });
export const bars = (all: More[], axes: More = { categories: ["Mon"] }) => ({
  type: "data_visualization",
  title: "Spend",
  chart: { type: "bar", series: all, axis_config: axes },
});
export const card = (more: More = { title: mrkdwn("x") }) => ({ type: "card", ...more });
export const container = (more: More = {}) => ({ type: "container", title: plain("x"), child_blocks: [{ type: "divider" }], ...more });
export const task = (more: More = {}) => ({ type: "task_card", task_id: "1", title: "Build", status: "complete", ...more });
export const plan = (tasks: More[]) => ({ type: "plan", title: "Plan", tasks });
const feedback = (more: More = {}) => ({ text: plain("Good"), value: "good", ...more });
export const feedbackButtons = (more: More = {}) => ({
  type: "context_actions",
  elements: [{ type: "feedback_buttons", positive_button: feedback(more), negative_button: feedback() }],
});
export const iconButton = (more: More = {}) => ({ type: "icon_button", icon: "trash", text: plain("Delete"), ...more });
export const contextActions = (...elements: More[]) => ({ type: "context_actions", elements });
export const workflowButton = (more: More = {}) =>
  actions({ type: "workflow_button", text: plain("Run"), action_id: "run", workflow: { trigger: { url: "https://x.test" } }, ...more });
export const video = (more: More = {}) => ({
  type: "video",
  title: plain("x"),
  alt_text: "x",
  video_url: "https://x.test",
  thumbnail_url: "https://x.test",
  ...more,
});
export const modal = (more: More = {}) => ({ type: "modal", title: plain("x"), blocks: [section()], ...more });
export const home = (more: More = {}) => ({ type: "home", blocks: [section()], ...more });
