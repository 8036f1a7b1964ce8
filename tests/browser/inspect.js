// What a page must hold to beyond what axe looks at. Each function returns a list of sentences.
(() => {
  const INTERACTIVE =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true });
  };

  const named = (element) => {
    const words = element.innerText || element.value || element.name || element.id || "";
    const kind = element.tagName.toLowerCase();
    return `<${kind}> “${words.trim().split("\n")[0].slice(0, 40)}”`;
  };

  // A region that may be wider than the screen scrolls by itself, can be focused and has a name
  const isInsideRegion = (element) => {
    const region = element.closest("[tabindex='0'][role='region'][aria-label], [tabindex='0'][role='region'][aria-labelledby]");
    return Boolean(region) && region !== element;
  };

  const wide = () => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const culprits = [...document.body.querySelectorAll("*")]
      .filter((each) => isShown(each) && !isInsideRegion(each))
      .filter((each) => each.getBoundingClientRect().right > width + 1);
    const deepest = culprits.filter((each) => !culprits.some((other) => each !== other && each.contains(other)));
    return [`is ${document.documentElement.scrollWidth} px wide on a screen of ${width}: ${deepest.slice(0, 3).map(named).join(", ")}`];
  };

  // Text in a box that hides what does not fit, or that runs over its own edge
  const cut = () =>
    [...document.querySelectorAll("main *, header *, footer *")]
      .filter((each) => isShown(each) && !each.closest(".govuk-visually-hidden") && !each.matches("textarea, select, option"))
      .filter((each) => ["hidden", "clip"].includes(getComputedStyle(each).overflowX))
      .filter((each) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1)
      .map((each) => `cuts off ${named(each)}`);

  // WCAG 2.5.8: 24 by 24 px, unless in a sentence, made bigger by its label, or with so much room
  // around it that a circle of 24 px about its middle touches no other target
  const isInline = (element) =>
    element.tagName === "A" && getComputedStyle(element).display === "inline";

  const targetOf = (element) => {
    const own = element.getBoundingClientRect();
    if (!["radio", "checkbox"].includes(element.type)) return own;
    const label = element.labels && element.labels[0];
    const box = label ? label.getBoundingClientRect() : own;
    return own.width * own.height > box.width * box.height ? own : box;
  };

  const reach = (box, other) => {
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    const dx = Math.max(other.left - x, 0, x - other.right);
    const dy = Math.max(other.top - y, 0, y - other.bottom);
    return Math.hypot(dx, dy);
  };

  const small = () => {
    const targets = [...document.querySelectorAll(INTERACTIVE)]
      .filter((each) => isShown(each) && !each.matches(".govuk-skip-link"))
      .map((element) => ({ element, box: targetOf(element) }));
    return targets
      .filter(({ element, box }) => (box.width < 24 || box.height < 24) && !isInline(element))
      .filter(({ element, box }) =>
        targets.some((other) => other.element !== element && reach(box, other.box) < 12))
      .map(({ element, box }) =>
        `${named(element)} is only ${Math.round(box.width)} × ${Math.round(box.height)} px`);
  };

  const looks = (element) => {
    const parts = [getComputedStyle(element)];
    const label = element.nextElementSibling;
    if (label) parts.push(getComputedStyle(label, "::before"));
    return parts
      .map((style) => [style.outline, style.boxShadow, style.backgroundColor, style.border, style.textDecoration].join())
      .join();
  };

  const unfocused = () => {
    const before = document.activeElement;
    const faults = [...document.querySelectorAll(INTERACTIVE)]
      .filter((each) => isShown(each) && !each.disabled)
      .filter((each) => {
        document.activeElement.blur();
        const plain = looks(each);
        each.focus({ preventScroll: true, focusVisible: true });
        return document.activeElement !== each || looks(each) === plain;
      })
      .map((each) => `${named(each)} shows no focus`);
    document.activeElement.blur();
    before.focus?.({ preventScroll: true });
    return faults;
  };

  const sameNames = () => {
    const seen = new Map();
    const faults = new Set();
    for (const link of document.querySelectorAll("main a[href]")) {
      if (!isShown(link)) continue;
      const name = (link.getAttribute("aria-label") || link.textContent).trim().replace(/\s+/g, " ");
      const there = link.href.split("#")[0];
      if (seen.has(name) && seen.get(name) !== there) faults.add(`two links are called “${name}”`);
      seen.set(name, there);
    }
    return [...faults];
  };

  window.inspectPage = { wide, cut, small, unfocused, sameNames };
})();
