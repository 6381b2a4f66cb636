/* What a test asks of the page and a reader sees: is it at rest, and what is drawn where.
   Put into every page before its own scripts; it only looks on. */
window.probe = (() => {
  const counts = { turn: 0, rows: 0, other: 0 };
  let open = 0;
  let last = performance.now();
  const stir = () => (last = performance.now());

  const fetched = window.fetch;
  window.fetch = async (...args) => {
    const url = String(args[0]?.url ?? args[0]);
    if (!url.includes("_dash-update-component")) return fetched(...args);
    const { output } = JSON.parse(args[1]?.body ?? "{}");
    const kind = output?.includes("url.search") ? "turn" : output?.startsWith("rows.") ? "rows" : "other";
    counts[kind] += 1;
    open += 1;
    stir();
    try {
      return await fetched(...args);
    } finally {
      open -= 1;
      stir();
    }
  };

  const graph = (name) => document.querySelector(`#graph-${name} .js-plotly-plot`);
  const layers = { timeline: ".scatterlayer > g.trace", map: "g.trace.scattergeo" };
  const heard = new WeakSet();
  const draws = { timeline: 0, map: 0 };
  new MutationObserver(() => {
    for (const name of Object.keys(layers)) {
      const one = graph(name);
      if (!one?.on || heard.has(one)) continue;
      heard.add(one);
      stir();
      one.on("plotly_afterplot", () => {
        draws[name] += 1;
        stir();
      });
    }
  }).observe(document, { childList: true, subtree: true });

  /* The marks of a figure as they are drawn: which trace, which key, where their middle is. */
  const marks = (name, trace) =>
    [...graph(name).querySelectorAll(layers[name])]
      .filter((group) => group.__data__[0]?.trace?.name === trace)
      .flatMap((group) => {
        const keys = group.__data__[0].trace.customdata;
        return [...group.querySelectorAll("path.point")].map((path, at) => {
          const box = path.getBoundingClientRect();
          const style = getComputedStyle(path);
          const index = path.__data__?.i ?? path.__data__?.index ?? at;
          return {
            key: keys?.[index] ?? null,
            x: box.x + box.width / 2,
            y: box.y + box.height / 2,
            width: box.width,
            fill: style.fill,
            stroke: style.stroke,
            shown: style.display !== "none" && box.width > 0,
          };
        });
      });

  return {
    counts,
    draws,
    graph,
    marks,
    /* Wait until a condition holds and nothing is asked, answered or drawn for some turns of the
       event loop; time alone would not do, as a long redraw is one turn. */
    rest: async (condition, turns, patience) => {
      const start = performance.now();
      let still = 0;
      for (let seen = last; still < turns; seen = last) {
        if (performance.now() - start > patience) return false;
        await new Promise((done) => setTimeout(done, 20));
        still = condition() && open === 0 && seen === last ? still + 1 : 0;
      }
      return true;
    },
    drawn: () => counts.turn > 0 && draws.timeline > 0 && draws.map > 0,
  };
})();
