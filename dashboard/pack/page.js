// What runs in a page that opens from disk: draws its figures, filters them by a period, shows events.
(async () => {
  // plotly.js takes a number on an axis of dates for the reader's local time; ours are days, the same everywhere.
  Date.prototype.getTimezoneOffset = () => 0;
  const DAY = 86400000;
  const $ = (id) => document.getElementById(id);
  if (!("DecompressionStream" in window)) {
    document.body.prepend("This browser is too old to unpack the page. Open it in one of 2023 or later.");
    return;
  }
  const packed = Uint8Array.from(atob($("facts").textContent), (sign) => sign.charCodeAt(0));
  const facts = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  const CONFIG = { displayModeBar: false, displaylogo: false, plotlyServerURL: "", topojsonURL: "", showTips: false, scrollZoom: true };
  const draw = (id) => Plotly.newPlot($(id), facts.figures[id].data, facts.figures[id].layout, { ...CONFIG, scrollZoom: id === "map" });
  if (facts.figures.picture) return draw("picture");

  const { events, edges, ghost } = facts;
  const numbers = new Map(events.map((event, number) => [event.id, number]));
  // What a mark of one event says; plotly reads it as markup.
  const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
  const said = ({ title, when, where, toll, what }) => [`<b>${escaped(title)}</b>`, ...[`${when} · ${where}`, toll, what].map(escaped)].join("<br>");
  for (const { data } of Object.values(facts.figures)) {
    for (const one of data.filter(({ customdata, text }) => customdata && text)) {
      one.text = one.text.map((text, at) => text ?? said(events[numbers.get(one.customdata[at])]));
    }
  }
  const trace = (figure, name) => figures[figure].data.findIndex((one) => one.name === name);
  // As first drawn: every period is a part of this one.
  const figures = structuredClone(facts.figures);
  let chosen = [0, edges.length - 1];
  let open = null;

  // Text only: nothing of the table is ever read as HTML.
  const node = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  };
  const link = (text, url, title) => {
    if (!/^https?:\/\//.test(url)) return node("span", "", text);
    const element = node("a", "", text);
    Object.assign(element, { href: url, target: "_blank", rel: "noopener noreferrer nofollow", title });
    return element;
  };
  const say = (number) => number.toLocaleString("en");
  const plural = (number, noun) => `${say(number)} ${noun}${number === 1 ? "" : "s"}`;
  const named = (ms, options) => new Date(ms).toLocaleDateString("en-GB", { timeZone: "UTC", ...options });
  const isIn = (number) => events[number].start < edges[chosen[1]] && events[number].end + DAY > edges[chosen[0]];
  const dead = (some) => some.reduce((sum, number) => sum + (events[number].killed?.[1] ?? 0), 0);

  /* The panel. */
  const card = (event, isPinned) => {
    const close = node("button", "event__close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close the event");
    close.addEventListener("click", () => show(null));
    return [
      isPinned ? close : null,
      node("h3", "", event.title),
      node("p", "event__when", `${event.when} · ${event.where}`),
      node("p", "event__what", event.what),
      node("p", "event__toll", event.toll),
      node("p", "", event.summary),
      ...event.doubts.map((doubt) => node("p", "note", doubt)),
      node("strong", "", plural(event.sources.length, "report")),
      node("ul", "event__sources", ...event.sources.map(([figure, publisher, about, title, note, url]) => node("li", "",
        node("span", "event__figure", figure || "–"),
        node("div", "", link(publisher, url, title), about ? ` · ${about}` : "",
          note ? node("div", "event__source-note", note) : null)))),
    ].filter(Boolean);
  };
  const hint = node("p", "note", "Point at a mark, or click it, to see the event and its sources.");
  const row = (number) => {
    const button = node("button", "", events[number].title);
    button.type = "button";
    button.addEventListener("click", () => show([number], true));
    return node("li", "", button, node("span", "note", ["when", "toll", "known"].map((name) => events[number][name]).filter(Boolean).join(" · ")));
  };
  const fill = (some, isPinned) => {
    const parts = some.length === 1 ? card(events[some[0]], isPinned) : [node("h3", "", `${plural(some.length, "event")} here`), node("ul", "events", ...some.map(row))];
    $("panel").replaceChildren(...(some.length ? parts : [hint]));
  };
  const show = (some, hasFocus) => {
    open = some;
    fill(some || [], true);
    $("panel").scrollTop = 0;
    if (hasFocus) $("panel").focus({ preventScroll: innerWidth > 900 });
  };
  const marked = (point) => (facts.places[point.customdata] ?? [numbers.get(point.customdata)]).filter((number) => number !== undefined && isIn(number));
  const listen = (graph) => {
    const some = (event) => marked(event.points.find((point) => typeof point.customdata === "string") ?? {});
    graph.on("plotly_hover", (event) => !open && fill(some(event), false));
    graph.on("plotly_click", (event) => some(event).length && show(some(event)));
  };

  /* The figures of a period. */
  const colours = (values, isKept, otherwise) => values.map((value, at) => (isKept[at] ? value : otherwise));
  // A name, and the line that leads to it, go with their circle: white on grey could not be read.
  const nameKept = ({ x, y }, kept) => {
    const spots = new Map(x.map((at, point) => [`${at} ${y[point]}`, kept[point]]));
    const { annotations, shapes } = figures.timeline.layout;
    const seen = {};
    annotations.forEach((note, at) => note.xref === "x" && (seen[`annotations[${at}].visible`] = spots.get(`${note.x} ${note.y}`) ?? true));
    (shapes ?? []).forEach((line, at) => line.xref === "x" && (seen[`shapes[${at}].visible`] = spots.get(`${line.xanchor} ${line.yanchor}`) ?? true));
    Plotly.relayout($("timeline"), seen);
  };
  const greyTimeline = () => {
    const at = trace("timeline", "events");
    if (at < 0) return; // a table without dates has no timeline
    const { customdata, marker } = figures.timeline.data[at];
    const kept = customdata.map((id) => isIn(numbers.get(id)));
    const hollow = marker.symbol.map((symbol) => (symbol.endsWith("-open") ? ghost[1] : ghost[0]));
    Plotly.restyle($("timeline"), {
      "marker.color": [marker.color.map((colour, point) => (kept[point] ? colour : hollow[point]))],
      "marker.line.color": [colours(marker.line.color, kept, ghost[1])],
    }, [at]);
    const long = customdata.map((id) => numbers.get(id)).filter((number) => events[number].end > events[number].start);
    const spans = trace("timeline", "spans");
    if (long.length) Plotly.restyle($("timeline"), { "marker.color": [colours(figures.timeline.data[spans].marker.color, long.map(isIn), ghost[1])] }, [spans]);
    nameKept(figures.timeline.data[at], kept);
    const months = trace("timeline", "months");
    const bars = figures.timeline.data[months];
    const inside = bars.x.map((x) => x > edges[chosen[0]] && x < edges[chosen[1]]);
    Plotly.restyle($("timeline"), { "marker.color": [colours(bars.marker.color, inside, ghost[1])] }, [months]);
  };
  // A trace of each kind for each panel; a halo belongs to a hollow place, a number to the place that it stands on.
  const filterPanel = (name) => {
    const find = (kind) => figures.map.data.findIndex((one) => one.name === kind && one.geo === name);
    const [places, halos, counts] = ["places", "halos", "counts"].map(find);
    const { marker, customdata, lon, lat } = figures.map.data[places];
    const all = customdata.map((key) => facts.places[key] ?? [numbers.get(key)]);
    const left = all.map((some) => some.filter(isIn));
    const size = marker.size.map((whole, at) => {
      if (!left[at].length) return whole;
      const share = dead(left[at]) / (dead(all[at]) || 1);
      return share ? Math.max(whole * Math.sqrt(share), Math.min(whole, 5)) : Math.min(whole, 7);
    });
    const shape = marker.symbol.map((symbol, at) => (left[at].some((number) => events[number].killed) ? symbol : symbol.replace("circle", "square")));
    const opacity = left.map((some) => (some.length ? marker.opacity : 0));
    Plotly.restyle($("map"), { "marker.size": [size], "marker.symbol": [shape], "marker.opacity": [opacity], hoverinfo: [left.map((some) => (some.length ? "text" : "skip"))] }, [places]);
    if (counts >= 0) {
      const at = new Map(lon.map((x, place) => [`${x},${lat[place]}`, place]));
      const written = figures.map.data[counts];
      const text = written.lon.map((x, place) => left[at.get(`${x},${written.lat[place]}`)] ?? []);
      Plotly.restyle($("map"), { text: [text.map((some) => (some.length > 1 ? String(some.length) : ""))] }, [counts]);
    }
    if (halos >= 0) {
      const hollow = left.filter((_, place) => marker.symbol[place].endsWith("-open"));
      let ring = 0;
      const kept = figures.map.data[halos].lon.map((x) => hollow[x === null ? ring++ : ring]?.length > 0);
      const rings = (values) => [values.filter((_, point) => kept[point])];
      Plotly.restyle($("map"), { lon: rings(figures.map.data[halos].lon), lat: rings(figures.map.data[halos].lat) }, [halos]);
    }
  };
  const panels = Object.keys(figures.map?.layout ?? {}).filter((name) => /^geo\d*$/.test(name));
  const choose = (from, to) => {
    chosen = [Math.min(from, to), Math.max(from, to)];
    greyTimeline();
    panels.forEach(filterPanel);
    const some = events.map((_, number) => number).filter(isIn);
    const isWhole = chosen[0] === 0 && chosen[1] === edges.length - 1;
    const period = ` · ${named(edges[chosen[0]], { day: "numeric", month: "long", year: "numeric" })} – ${named(edges[chosen[1]] - DAY, { day: "numeric", month: "long", year: "numeric" })}`;
    const known = some.filter((number) => events[number].killed).length;
    $("count").textContent = `Showing ${say(some.length)} of ${plural(events.length, "event")}` + (known ? ` · ${say(dead(some))} killed` : "") + (isWhole ? "" : period);
    $("reset").hidden = isWhole;
    [...$("events").children].forEach((item, number) => (item.hidden = !isIn(number)));
    if (open && !open.some(isIn)) show(null);
    drawBrush(chosen);
  };

  /* The brush over the months. */
  const brush = $("brush");
  const handles = [...brush.querySelectorAll(".brush__handle")];
  const axis = () => $("timeline")._fullLayout.xaxis;
  const drawBrush = (window_) => {
    if (brush.hidden) return;
    const { xaxis: x, yaxis2: y } = $("timeline")._fullLayout;
    Object.assign(brush.style, { left: `${x._offset}px`, width: `${x._length}px`, top: `${y._offset - 4}px`, height: `${y._length + 6}px` });
    const [left, right] = window_.map((edge) => Math.min(Math.max(x.l2p(edges[edge]), 0), x._length));
    Object.assign(brush.querySelector(".brush__window").style, { left: `${left}px`, width: `${right - left}px` });
    handles.forEach((handle, side) => {
      handle.style.left = `${side ? right : left}px`;
      const day = edges[window_[side]] - (side ? DAY : 0);
      const values = { valuemin: 0, valuemax: edges.length - 1, valuenow: window_[side], valuetext: named(day, { day: "numeric", month: "long", year: "numeric" }) };
      for (const [name, value] of Object.entries(values)) handle.setAttribute(`aria-${name}`, value);
    });
  };
  const nearest = (event) => {
    const ms = axis().p2l(event.clientX - brush.getBoundingClientRect().left);
    return edges.reduce((best, edge, at) => (Math.abs(edge - ms) < Math.abs(edges[best] - ms) ? at : best), 0);
  };
  const apart = (from, to) => (from !== to ? [Math.min(from, to), Math.max(from, to)] : to + 1 < edges.length ? [from, to + 1] : [from - 1, to]);
  brush.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const side = event.target.dataset.side;
    const fixed = side === undefined ? nearest(event) : chosen[1 - side];
    let moved = null;
    const move = (later) => {
      if (moved || Math.abs(later.clientX - event.clientX) > 3) drawBrush((moved = apart(fixed, nearest(later))));
    };
    const end = (later) => {
      brush.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) brush.removeEventListener(name, end);
      if (moved && later.type === "pointerup") choose(...moved);
      else drawBrush(chosen);
    };
    event.preventDefault();
    event.target.focus({ preventScroll: true });
    brush.setPointerCapture(event.pointerId);
    brush.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) brush.addEventListener(name, end);
  });
  const whole = () => choose(0, edges.length - 1);
  brush.addEventListener("dblclick", whole);
  $("reset").addEventListener("click", whole);
  const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -Infinity, End: Infinity };
  handles.forEach((handle, side) => handle.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    const [least, most] = side ? [chosen[0] + 1, edges.length - 1] : [0, chosen[1] - 1];
    const next = Math.min(Math.max(chosen[side] + STEPS[event.key], least), most);
    choose(...(side ? [chosen[0], next] : [next, chosen[1]]));
  }));
  document.addEventListener("keydown", (event) => event.key === "Escape" && show(null));

  $("events").append(...events.map((_, number) => row(number)));
  Promise.all([document.fonts.ready, ...Object.keys(figures).map(draw)]).then(([, ...graphs]) => {
    brush.hidden = trace("timeline", "events") < 0;
    graphs.forEach(listen);
    whole();
  });
})();
