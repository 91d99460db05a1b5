const states = {
  success: ["✓", "good", "passed"],
  failure: ["✕", "bad", "failed"],
  error: ["✕", "bad", "failed"],
  timed_out: ["✕", "bad", "timed out"],
  action_required: ["!", "busy", "waits for approval"],
  cancelled: ["⊘", "idle", "cancelled"],
  skipped: ["⊘", "idle", "skipped"],
  neutral: ["■", "idle", "neutral"],
  in_progress: ["●", "busy", "running"],
  queued: ["○", "busy", "queued"],
  waiting: ["○", "busy", "waiting"],
  pending: ["○", "busy", "pending"],
};

/** How a state looks and is said; the mark never stands alone. */
export function looks(state) {
  const [mark, tone, words] = states[state] ?? ["○", "idle", state];
  return { mark, tone, words };
}

/** What all jobs together come to. */
export function verdict(jobs) {
  const count = (tone) => jobs.filter(({ state }) => looks(state).tone === tone).length;
  const [good, bad, busy, all] = [count("good"), count("bad"), count("busy"), jobs.length];
  if (busy > 0)
    return { ...looks("in_progress"), short: "running", words: `${busy} of ${all} checks not done${bad > 0 ? `, ${bad} failed` : ""}` };
  if (bad > 0) return { ...looks("failure"), short: "failed", words: `${bad} of ${all} checks failed` };
  const words = good === all ? `All ${all} checks passed` : `${good} of ${all} checks passed, none failed`;
  return { ...looks("success"), short: "passed", words };
}
