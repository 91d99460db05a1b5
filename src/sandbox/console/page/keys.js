const isTyping = (target) => target.closest("input:not([type=radio]), textarea, select, dialog, [role=menu]");

/** `/` goes to the box of the pane one is in, and begins a command there unless something is half typed. */
export function focusBySlash(fieldOf) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const field = fieldOf(event.target);
    if (field.value !== "") event.preventDefault();
    field.focus();
  });
}
