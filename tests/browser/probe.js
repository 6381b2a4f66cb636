/* What a test asks of the page and a reader sees: is it at rest, and what is drawn where.
   Put into every page before its own scripts; it only looks on. */
window.probe = (() => {
  const counts = { turns: 0, rows: 0, others: 0 };
  const causes = [];
  let open = 0;
  let last = performance.now();
  const stir = () => (last = performance.now());

  const fetched = window.fetch;
  window.fetch = async (...args) => {
    const url = String(args[0]?.url ?? args[0]);
    if (!url.includes("_dash-update-component")) return fetched(...args);
    const { output, changedPropIds, inputs } = JSON.parse(args[1]?.body ?? "{}");
    const kind = output?.includes("url.search") ? "turns" : output?.startsWith("rows.") ? "rows" : "others";
    counts[kind] += 1;
    if (kind === "turns") causes.push(`${changedPropIds} ${JSON.stringify(inputs[1]?.value)}`);
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
    stir();
    for (const name of Object.keys(layers)) {
      const one = graph(name);
      if (!one?.on || heard.has(one)) continue;
      heard.add(one);
      one.on("plotly_afterplot", () => {
        draws[name] += 1;
        stir();
      });
    }
  }).observe(document, { childList: true, subtree: true });

  const groups = (name, trace) =>
    [...graph(name).querySelectorAll(layers[name])].filter((group) => group.__data__[0]?.trace?.name === trace);
  const middle = (path) => {
    const box = path.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
  };
  const ground = () => [...graph("map").querySelectorAll(".geo > .layer > path")];
  let written = 0;
  /* The marks of a figure as they are drawn: whose, where, in what colour. */
  const marks = (name, trace) =>
    groups(name, trace).flatMap((group) => {
      const keys = group.__data__[0].trace.customdata ?? [];
      return [...group.querySelectorAll("path.point")].map((path, at) => {
        const style = getComputedStyle(path);
        const colour = style.fill === "none" ? style.stroke : style.fill;
        return { key: keys[path.__data__?.i ?? at] ?? "", colour, opacity: Number(style.opacity), ...middle(path) };
      });
    });
  /* The mark of an event that a click in its middle reaches: none where another covers it. */
  const reachable = (name, trace, key) => {
    bring(graph(name));
    const all = marks(name, trace);
    const at = all.findIndex((mark) => mark.key === key);
    if (at < 0) return { error: `${key} is not drawn` };
    const mark = all[at];
    const over = all.slice(at + 1).find((other) => Math.hypot(other.x - mark.x, other.y - mark.y) < other.width / 2 + 2);
    return over ? { error: `${key} is covered by ${over.key}` } : mark;
  };

  const bring = (element) => element.scrollIntoView({ block: "center" });
  const box = () => graph("map").getBoundingClientRect();
  return {
    counts,
    causes,
    draws,
    graph,
    bring,
    marks,
    reachable,
    /* The marks well inside a figure that a click reaches. */
    inReach: (name, trace) => {
      bring(graph(name));
      const room = graph(name).getBoundingClientRect();
      const inside = ({ x, y }) => x > room.left + 60 && x < room.right - 120 && y > room.top + 60 && y < room.bottom - 60;
      const keys = marks(name, trace).filter(inside).map((mark) => mark.key);
      return keys.filter((key) => !reachable(name, trace, key).error);
    },
    texts: (name, trace) =>
      groups(name, trace).flatMap((group) =>
        [...group.querySelectorAll("text")].map((text) => ({ text: text.textContent, opacity: Number(getComputedStyle(text).fillOpacity) })),
      ),
    daysOff: (trace, key, label) => {
      const ticks = [...graph("timeline").querySelectorAll(".xtick text")].map((text) => ({ said: text.textContent, ...middle(text) }));
      const mark = marks("timeline", trace).find((one) => one.key === key);
      const at = ticks.findIndex(({ said }) => said.startsWith(label));
      return (mark.x - ticks[at].x) / (ticks[1].x - ticks[0].x);
    },
    /* The names beside the lanes of the timeline, from the top. */
    lanes: () => {
      const { left, top } = graph("timeline").getBoundingClientRect();
      const { xaxis, yaxis } = graph("timeline")._fullLayout;
      return [...graph("timeline").querySelectorAll(".annotation-text")]
        .map((text) => ({ name: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.right < left + xaxis._offset && (box.top + box.bottom) / 2 < top + yaxis._offset + yaxis._length)
        .sort((one, other) => one.box.top - other.box.top)
        .map(({ name }) => name);
    },
    /* Where a day stands on the brush, and a place on the first map: pixels in the window. */
    dayAt: (text) => {
      const brush = document.getElementById("brush");
      bring(brush);
      const { x, y, height } = brush.getBoundingClientRect();
      return { x: x + graph("timeline")._fullLayout.xaxis.l2p(Date.parse(`${text}T00:00:00Z`)), y: y + height / 2 };
    },
    placeAt: (longitude, latitude) => {
      bring(graph("map"));
      const [x, y] = graph("map")._fullLayout.geo._subplot.projection([longitude, latitude]);
      return { x: box().x + x, y: box().y + y };
    },
    view: () => {
      const { projection, center } = graph("map")._fullLayout.geo;
      return [projection.scale, center.lon, center.lat].map((number) => Math.round(number * 1e4) / 1e4);
    },
    /* Land, water and borders of the maps, and how often one was drawn since they are watched. */
    ground: () =>
      ground().map((path) => [path.getAttribute("d"), getComputedStyle(path).fill, getComputedStyle(path).stroke]),
    watchGround: () => {
      written = 0;
      const watch = new MutationObserver((records) => (written += records.length));
      for (const path of ground()) watch.observe(path, { attributeFilter: ["d"] });
    },
    grounds: () => written,
    /* Wait until a condition holds and for some frames nothing is asked, answered, drawn or put in
       its place; time alone would not do, as one frame may be long. */
    rest: async (condition, frames, patience) => {
      const start = performance.now();
      let still = 0;
      for (let seen = last; still < frames; seen = last) {
        if (performance.now() - start > patience) return false;
        /* A browser without a window may stop giving frames for good: then a while counts as one. */
        await new Promise((done) => {
          requestAnimationFrame(() => setTimeout(done, 0));
          setTimeout(done, 250);
        });
        still = condition() && open === 0 && seen === last ? still + 1 : 0;
      }
      return true;
    },
    isDrawn: () => counts.turns > 0 && draws.timeline > 0 && draws.map > 0,
  };
})();
