const narrow = matchMedia("(max-width: 800px)");

/** On a narrow screen one pane at a time, chosen by tabs; elsewhere all of them. Gives back how to tell which is shown. */
export function createTabs(tabs, panes) {
  const main = document.querySelector("main");

  function show(tab) {
    main.dataset.shown = tab.dataset.show;
    for (const one of tabs) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
    }
  }

  function takeRoles() {
    for (const pane of panes) {
      if (narrow.matches) pane.setAttribute("role", "tabpanel");
      else pane.removeAttribute("role");
    }
  }

  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[key];
      if (step === undefined) return;
      const next = tabs[(at + step) % tabs.length];
      show(next);
      next.focus();
    });
  });
  narrow.addEventListener("change", takeRoles);
  takeRoles();
  show(tabs[0]);
  return { shown: () => (narrow.matches ? main.dataset.shown : undefined) };
}
