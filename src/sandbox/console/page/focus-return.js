/** Remembers what has the focus, also where it is drawn anew meanwhile; gives back how to return there, or to a place that is always there. */
export function rememberFocus(otherwise) {
  const focused = document.activeElement;
  const message = focused?.closest("[data-message]")?.dataset.message;
  const { action, opens } = focused?.dataset ?? {};
  const name = opens === undefined ? ["data-action", action] : ["data-opens", opens];

  return () => {
    if (document.activeElement !== document.body && document.activeElement?.isConnected) return;
    const within = message === undefined ? "" : `[data-message="${CSS.escape(message)}"] `;
    const again = name[1] === undefined ? undefined : document.querySelector(`${within}[${name[0]}="${CSS.escape(name[1])}"]`);
    const to = focused?.isConnected && focused !== document.body ? focused : (again ?? otherwise);
    to.focus();
  };
}
