/* What must run in the browser: links without reload, sizes, the brush, the map's tools, the playback,
   downloads. The server's last answer (`drawn`) holds the state; here only a gesture in progress. */
window.conflict = (() => {
  /* plotly.js takes a number on an axis of dates for the reader's local time; ours are days, the same everywhere. */
  Date.prototype.getTimezoneOffset = () => 0;
  const DAY = 86400000;
  const $ = (id) => document.getElementById(id);
  const plot = (name) => document.querySelector(`#graph-${name} .js-plotly-plot`);
  const tell = (id, props) => window.dash_clientside.set_props(id, props);
  let drawn = location.search;
  const asked = () => new URLSearchParams(drawn);

  /* Links that begin with "?" change the address in place. */
  let scrollTo = "";
  const follow = (search) => {
    stop();
    tell("url", { search: search === "?" ? "" : search });
  };
  /* A link clicked while an answer is on its way says where it leads from the page before that answer:
     it waits, and is followed as the answer has rewritten it. */
  const waitingLinks = [];
  let busyUntil = 0;
  const followLink = (link) => {
    const search = link.getAttribute("href");
    busyUntil = search === (location.search || "?") ? 0 : performance.now() + 3000;
    follow(search);
  };
  const followNext = () => {
    busyUntil = 0;
    const link = waitingLinks.shift();
    if (link?.isConnected) followLink(link);
    else if (link) followNext();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="?"]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    scrollTo = link.dataset.scroll || "";
    for (const menu of document.querySelectorAll(".menu[open]")) menu.open = false;
    if (performance.now() < busyUntil) waitingLinks.push(link);
    else followLink(link);
  });

  /* Theme and sizes. */
  const isDark = () => document.documentElement.dataset.theme === "dark";
  const wantsDark = () => localStorage.getItem("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const applyTheme = (theme) => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.agThemeMode = theme;
  };
  applyTheme(wantsDark());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    applyTheme(wantsDark());
    measure();
  });

  /* What the reader sees of each map that was moved: of a large table the server sums up what is in view. */
  let seen = null;
  const lookAtMaps = () => {
    const graph = plot("map");
    if ($("main").dataset.size !== "large" || !graph?._fullLayout?.geo?._subplot) return;
    const boxes = {};
    for (const name of geos(graph)) {
      const { _subplot, domain } = graph._fullLayout[name];
      const [wide, tall] = [graph.clientWidth, graph.clientHeight];
      const ends = [0, 1].map((end) => _subplot.projection.invert([domain.x[end] * wide, (1 - domain.y[end]) * tall]));
      if (ends.every((end) => end?.every(Number.isFinite))) boxes[name] = [...ends[0], ...ends[1]].map((degree) => +degree.toFixed(3));
    }
    seen = { key: graph.layout.uirevision, boxes };
    clearTimeout(waiting);
    waiting = setTimeout(measure, 200);
  };

  /* And of the timeline: bars of shorter stretches where it is drawn wider. */
  let seenTime = null;
  const lookAtTime = () => {
    const graph = plot("timeline");
    const axis = graph?._fullLayout?.xaxis;
    if ($("main").dataset.size !== "large" || !axis) return;
    seenTime = { key: graph.layout.uirevision, span: axis.range.map((value) => Math.round(axis.r2l(value))) };
    clearTimeout(waiting);
    waiting = setTimeout(measure, 200);
  };

  const SIZED = ["graph-timeline", "graph-map", "panel", "tab-body"];
  let measured = "";
  const measure = () => {
    const [timeline, map, panel, tab] = SIZED.map($);
    if (!timeline || !map || !panel || !tab) return;
    const data = {
      timeline: timeline.clientWidth,
      map: map.clientWidth,
      /* Dash writes a height of its own while it draws for the first time: the style sheet's is meant. */
      mapHeight: parseInt(getComputedStyle(map).getPropertyValue("--map-height")) || map.clientHeight,
      panel: panel.clientWidth - 30,
      tab: tab.clientWidth - 28,
      dark: isDark(),
      ...(seen && { seen }),
      ...(seenTime && { seenTime }),
    };
    const now = JSON.stringify(data);
    if (now === measured) return;
    measured = now;
    tell("viewport", { data });
  };
  let waiting = 0;
  const resized = new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(measure, measured ? 150 : 0);
  });

  /* Text in another font breaks its lines elsewhere, and the map is as high as they leave: sizes are taken in
     our own fonts, which are there at once or not waited for. */
  const ours = ['400 13px "Noto Sans"', '600 13px "Noto Sans"', '700 17px "Noto Serif"'].map((font) => document.fonts.load(font));
  const fonts = Promise.race([Promise.allSettled(ours), new Promise((done) => setTimeout(done, 1000))]);

  /* The brush: the window of days over the months. */
  const toDay = (ms) => new Date(ms).toISOString().slice(0, 10);
  const fromDay = (text) => Date.parse(text + "T00:00:00Z");
  const monthOf = (ms) => new Date(ms).getUTCFullYear() * 12 + new Date(ms).getUTCMonth();
  const monthStart = (month) => Date.UTC(Math.floor(month / 12), month % 12, 1);
  const named = (ms) => new Date(ms).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  /* The first and last day of the table. */
  const whole = () => {
    const [first, last] = plot("timeline").layout.meta.days;
    return { first: fromDay(first), last: fromDay(last) };
  };
  const axes = () => {
    const layout = plot("timeline")?._fullLayout;
    return layout?.yaxis2 ? { x: layout.xaxis, y: layout.yaxis2 } : null;
  };
  /* The window that was asked for and is not drawn yet: keys come faster than answers. */
  let pending = null;
  const edges = (x) => {
    const [first, last] = x.range.map((value) => x.r2l(value));
    const query = asked();
    /* The address may name days far from the table's: an end beyond them limits nothing. */
    const table = whole();
    let from = query.get("from") ? fromDay(query.get("from")) : null;
    let to = query.get("to") ? fromDay(query.get("to")) + DAY : null;
    if (from !== null) from = from <= table.first ? null : Math.min(from, table.last);
    if (to !== null) to = to > table.last ? null : Math.max(to, table.first + DAY);
    return { first, last, from, to, ...pending };
  };
  const drawBrush = (moved) => {
    const brush = $("brush");
    const axis = axes();
    if (!brush) return;
    /* A table without dates has no months to choose. */
    const drawn = plot("timeline")?._fullLayout;
    if (drawn) for (const part of [brush, ...document.querySelectorAll(".player, .filters__block--window")]) part.hidden = !axis;
    if (!axis) return;
    const graph = plot("timeline").getBoundingClientRect();
    const stage = brush.parentElement.getBoundingClientRect();
    const { x, y } = axis;
    const at = { ...edges(x), ...moved };
    const place = (ms) => Math.min(Math.max(x.l2p(ms), 0), x._length);
    const left = place(at.from ?? at.first);
    const right = place(at.to ?? at.last);
    Object.assign(brush.style, {
      left: `${graph.left - stage.left + x._offset}px`,
      top: `${graph.top - stage.top + y._offset - 4}px`,
      width: `${x._length}px`,
      height: `${y._length + 6}px`,
    });
    Object.assign(brush.querySelector(".brush__window").style, { left: `${left}px`, width: `${Math.max(right - left, 1)}px` });
    const months = [monthOf(whole().first), monthOf(whole().last)];
    for (const handle of brush.querySelectorAll(".brush__handle")) {
      const isFrom = handle.dataset.side === "from";
      const day = isFrom ? (at.from ?? whole().first) : at.to === null ? whole().last : at.to - DAY;
      handle.style.left = `${isFrom ? left : right}px`;
      handle.setAttribute("aria-valuemin", months[0]);
      handle.setAttribute("aria-valuemax", months[1]);
      handle.setAttribute("aria-valuenow", monthOf(day));
      handle.setAttribute("aria-valuetext", named(day));
    }
  };
  let wishes = 0;
  const ask = (data) => tell("wish", { data: { ...data, n: ++wishes } });
  const wish = (from, to) => {
    pending = { from, to };
    ask({ from: from === null ? null : toDay(from), to: to === null ? null : toDay(to - DAY) });
  };
  const snap = (ms, x) => {
    const [first, last] = x.range.map((value) => x.r2l(value));
    if (last - first < 200 * DAY) return Math.round(ms / DAY) * DAY;
    const month = monthOf(ms);
    const [start, end] = [monthStart(month), monthStart(month + 1)];
    return ms - start < end - ms ? start : end;
  };
  const startBrush = (event) => {
    const brush = event.target.closest(".brush");
    const axis = axes();
    if (!brush || !axis || event.button) return;
    const { x } = axis;
    const origin = brush.getBoundingClientRect().left;
    const at = edges(x);
    const start = { from: at.from ?? at.first, to: at.to ?? at.last };
    const handle = event.target.closest(".brush__handle");
    const isMove = !handle && event.target.closest(".brush__window") && (at.from !== null || at.to !== null);
    const down = x.p2l(event.clientX - origin);
    let window_ = null;
    const move = (later) => {
      const now = x.p2l(later.clientX - origin);
      if (Math.abs(later.clientX - event.clientX) < 3 && !window_) return;
      if (handle) {
        const side = handle.dataset.side;
        window_ = { ...start, [side]: snap(now, x) };
      } else if (isMove) {
        const shift = snap(start.from + now - down, x) - start.from;
        window_ = { from: start.from + shift, to: snap(start.to + now - down, x) };
      } else {
        window_ = { from: snap(Math.min(down, now), x), to: snap(Math.max(down, now), x) };
      }
      if (window_.from > window_.to) window_ = { from: window_.to, to: window_.from };
      if (window_.to - window_.from < DAY) window_.to = window_.from + DAY;
      drawBrush(window_);
    };
    const up = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      if (!window_) return;
      wish(window_.from, window_.to);
    };
    event.preventDefault();
    handle?.focus();
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
  };
  document.addEventListener("pointerdown", startBrush);
  document.addEventListener("dblclick", (event) => {
    if (event.target.closest(".brush")) wish(null, null);
  });
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 };
  const brushKey = (event, handle) => {
    const axis = axes();
    if (!axis) return;
    const at = edges(axis.x);
    const isFrom = handle.dataset.side === "from";
    const now = isFrom ? (at.from ?? whole().first) : (at.to ?? whole().last + DAY);
    let next;
    if (event.key in steps) next = monthStart(monthOf(now) + steps[event.key] + (steps[event.key] < 0 && now > monthStart(monthOf(now)) ? 1 : 0));
    else if (event.key === "Home") next = isFrom ? null : monthStart(monthOf(at.from ?? whole().first) + 1);
    else if (event.key === "End") next = isFrom ? monthStart(monthOf(at.to === null ? whole().last : at.to - DAY)) : null;
    else return;
    event.preventDefault();
    if (next !== null && isFrom && next >= (at.to ?? whole().last + DAY)) return;
    if (next !== null && !isFrom && next <= (at.from ?? whole().first)) return;
    wish(isFrom ? next : at.from, isFrom ? at.to : next);
  };

  /* The map: zoom, the tools for choosing an area, the scale bar. */
  const round = (km) => {
    const power = 10 ** Math.floor(Math.log10(km));
    return [5, 2, 1].find((step) => step * power <= km) * power;
  };
  const geos = (graph) => Object.keys(graph._fullLayout).filter((name) => /^geo\d*$/.test(name));
  const drawScale = () => {
    const graph = plot("map");
    const stage = document.querySelector(".stage--map");
    if (!graph?._fullLayout?.geo?._subplot?.projection) return;
    const names = geos(graph);
    const bars = [...stage.querySelectorAll(".scale")];
    while (bars.length < names.length) bars.push(stage.appendChild(bars[0].cloneNode()));
    bars.forEach((bar, at) => {
      bar.hidden = at >= names.length;
      if (bar.hidden) return;
      const { projection } = graph._fullLayout[names[at]]._subplot;
      const { x: across, y: up } = graph._fullLayout[names[at]].domain;
      const [wide, tall] = [graph.clientWidth, graph.clientHeight];
      const middle = [((across[0] + across[1]) / 2) * wide, (1 - (up[0] + up[1]) / 2) * tall];
      const [a, b] = [-50, 50].map((shift) => projection.invert([middle[0] + shift, middle[1]]));
      if (!a || !b) return;
      const per = (Math.abs(b[0] - a[0]) * 111.195 * Math.cos((a[1] * Math.PI) / 180)) / 100;
      const km = round(per * Math.min(110, (across[1] - across[0]) * wide * 0.3));
      Object.assign(bar.style, { width: `${km / per}px`, left: `${graph.offsetLeft + 14 + across[0] * wide + 8}px`, bottom: `${up[0] * tall + 8}px` });
      bar.dataset.km = `${km.toLocaleString("en")} km`;
    });
  };
  const mapTool = (button) => {
    const graph = plot("map");
    const action = button.dataset.map;
    if (action === "in" || action === "out") {
      const change = {};
      for (const name of geos(graph)) {
        const scale = graph._fullLayout[name].projection.scale * (action === "in" ? 1.6 : 1 / 1.6);
        change[`${name}.projection.scale`] = Math.min(Math.max(scale, 0.5), 60);
      }
      window.Plotly.relayout(graph, change);
      return;
    }
    const isOn = button.getAttribute("aria-pressed") !== "true";
    for (const other of button.parentElement.children) {
      if (other.dataset.map === "select" || other.dataset.map === "lasso") other.setAttribute("aria-pressed", "false");
    }
    button.setAttribute("aria-pressed", String(isOn));
    window.Plotly.relayout(graph, { dragmode: isOn ? action : "pan" });
  };

  /* A mark that is clicked opens; a pan that ends on a mark also reports a click, just after the move. */
  const listen = (graph) => {
    let isMoved = false;
    graph.addEventListener("pointerdown", () => (isMoved = false), { capture: true });
    graph.on("plotly_relayout", () => {
      isMoved = true;
      if (graph === plot("map")) lookAtMaps();
      else lookAtTime();
    });
    graph.on("plotly_click", (event) => {
      const key = event.points?.find((point) => typeof point.customdata === "string")?.customdata;
      if (!key || isMoved) return;
      document.activeElement?.blur?.();
      ask({ open: key });
    });
    graph.on("plotly_selected", (event) => {
      const drawn = Object.values(event?.lassoPoints || event?.range || {})[0];
      if (!drawn?.length) return;
      ask({ area: drawn.flat() });
      /* The area is a filter now; plotly's own marking of what lies in it would stay for ever. */
      window.Plotly.restyle(graph, { selectedpoints: null });
    });
  };

  /* Playback: a step is asked for only when the figures have drawn the last one. */
  const play = { on: false, speed: 1, isGrowing: false, timer: 0, next: 0 };
  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const showPlay = () => {
    const button = document.querySelector('[data-do="play"]');
    if (!button) return;
    button.textContent = isStill() ? "Step ▸" : play.on ? "❚❚ Pause" : "▶ Play";
    button.setAttribute("aria-pressed", String(play.on));
  };
  const stop = () => {
    if (!play.on) return;
    play.on = false;
    clearTimeout(play.timer);
    showPlay();
  };
  const pause = () => {
    stop();
    if (drawn !== location.search) tell("url", { search: drawn });
  };
  /* Where the playback begins: at the first chosen event, as the bars of the months have it, yet early enough
     for a year to fit in before the table's end. */
  const firstPlayed = () => {
    const bars = plot("timeline")._fullData.find(({ name }) => name === "months");
    const starts = Array.from(bars?.x ?? [], (middle, at) => middle - bars.width[at] / 2);
    const { first, last } = whole();
    const start = starts.length ? Math.min(...starts, monthStart(monthOf(last) - 11)) : first;
    return monthOf(Math.max(start, first));
  };
  const playStep = () => {
    const axis = axes();
    if (!axis) return stop();
    const end = whole().last;
    const at = edges(axis.x);
    const isStart = at.from === null && at.to === null;
    const first = isStart ? firstPlayed() : monthOf(at.from ?? whole().first);
    const last = at.to === null ? (at.from === null ? first + 11 : monthOf(end)) : monthOf(at.to - DAY);
    const shift = isStart ? 0 : 1;
    if (monthStart(last + shift) > end) return pause();
    play.next = performance.now() + 1000 / play.speed;
    const from = monthStart(play.isGrowing ? first : first + shift);
    ask({ from: toDay(from), to: toDay(monthStart(last + shift + 1) - DAY), playing: true });
  };
  const played = () => {
    if (play.on) play.timer = setTimeout(playStep, Math.max(play.next - performance.now(), 0));
  };
  const togglePlay = () => {
    if (isStill()) return playStep();
    if (play.on) return pause();
    play.on = true;
    showPlay();
    playStep();
  };
  /* Downloads: the reader's own browser draws the picture. */
  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const download = async (button) => {
    const { view, form } = button.dataset;
    const answer = await fetch(`figure/${view}/web.json${drawn}`);
    const order = await answer.json();
    if (!answer.ok) throw new Error(order.error);
    const blob = await window.conflict.picture(order, form);
    save(blob, `conflict-timeline-${view}.${form}`);
  };
  const copy = async (button, text) => {
    await navigator.clipboard.writeText(text);
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 1500);
  };
  const actions = {
    theme: () => {
      const theme = isDark() ? "light" : "dark";
      localStorage.setItem("theme", theme);
      applyTheme(theme);
      measure();
    },
    copy: (button) => copy(button, button.dataset.text),
    cite: async (button) => copy(button, await (await fetch(button.dataset.path)).text()),
    download,
    fetch: (button) => location.assign(button.dataset.path + drawn),
    map: mapTool,
    play: togglePlay,
    speed: (button) => {
      play.speed = Number(button.dataset.speed);
      for (const other of document.querySelectorAll('[data-do="speed"]')) other.setAttribute("aria-pressed", String(other === button));
    },
    growing: (button) => {
      play.isGrowing = !play.isGrowing;
      button.setAttribute("aria-pressed", String(play.isGrowing));
    },
    filters: (button) => {
      const isOpen = $("filter-column").classList.toggle("filters--open");
      button.setAttribute("aria-expanded", String(isOpen));
    },
    help: () => ($("help").open ? $("help").close() : $("help").showModal()),
  };
  document.addEventListener("click", (event) => {
    const open = document.querySelector(".menu[open]");
    if (open && (!open.contains(event.target) || event.target.closest(".menu__item"))) open.open = false;
    const button = event.target.closest("[data-do]");
    if (!button) return;
    Promise.resolve(actions[button.dataset.do](button)).catch((error) => tell("notice", { children: String(error.message || error) }));
  });

  /* Keys. */
  document.addEventListener("keydown", (event) => {
    const handle = event.target.closest?.(".brush__handle");
    if (handle) return brushKey(event, handle);
    const isTyping = event.target.closest?.("input, textarea, select, .ag-root");
    if (event.key === " " && event.target.matches?.('a[role="checkbox"], a[role="switch"]')) {
      event.preventDefault();
      event.target.click();
      return;
    }
    if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === " " && !event.target.closest?.("button, a, summary")) {
      event.preventDefault();
      togglePlay();
      return;
    }
    if (event.key === "?") return actions.help();
    if (event.key === "/") {
      event.preventDefault();
      $("search").focus();
      return;
    }
    const open = document.querySelector(".menu[open]");
    if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
      return;
    }
    /* An open story comes first in the page, so its steps take the arrows. */
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  });

  /* Start: wait for the page, then for each figure. */
  const REDRAW = { timeline: drawBrush, map: drawScale };
  const wired = new Set();
  const look = new MutationObserver(() => {
    if (!wired.has("sizes") && SIZED.every($)) {
      wired.add("sizes");
      fonts.then(() => {
        resized.observe($("main"));
        measure();
      });
    }
    for (const [name, redraw] of Object.entries(REDRAW)) {
      const graph = plot(name);
      if (!graph?.on || wired.has(name)) continue;
      wired.add(name);
      listen(graph);
      for (const event of ["plotly_afterplot", "plotly_relayout", "plotly_relayouting"]) graph.on(event, () => redraw());
      if (name === "map") graph.on("plotly_afterplot", () => window.conflict.keepGround(graph));
      redraw();
    }
    if (wired.size === 3) look.disconnect();
  });
  look.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("popstate", () => drawBrush());

  /* In the tabs, a click on a cell of the actors' matrix filters by the pair, one on a toll opens its event. */
  const listenToTabs = () => {
    for (const name of ["actors", "sources", "compare"]) {
      const graph = plot(name);
      if (!graph?.on || graph.dataset.wired) continue;
      graph.dataset.wired = "yes";
      graph.on("plotly_click", (event) => {
        const key = String(event.points?.[0]?.customdata ?? "");
        if (key) ask(name === "actors" ? { pair: key } : { open: key });
      });
    }
  };

  /* Actors are found by name in their list. */
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".actor-search input, input.actor-search")) return;
    const wanted = event.target.value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
    const block = event.target.closest(".filters__block");
    for (const fold of block.querySelectorAll("details")) fold.open = Boolean(wanted);
    for (const option of block.querySelectorAll(".option--sub")) {
      const name = (option.title + " " + option.textContent).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      option.hidden = Boolean(wanted) && !name.includes(wanted);
    }
  });

  /* The table may be renewed while the page is open: a hidden page does not ask. */
  let known = null;
  setInterval(async () => {
    if (document.hidden || !measured || play.on) return;
    try {
      const { version, beside, notice } = await (await fetch("healthz")).json();
      const now = `${version} ${beside} ${notice}`;
      if (known !== null && known !== now) ask({ renew: true });
      known = now;
    } catch {
      /* The server is away: the page stays as it is. */
    }
  }, 10000);

  let shownEvent = asked().get("event");
  const focusPanel = (query) => {
    const event = query.get("event");
    if (event && event !== shownEvent && !play.on) {
      const title = document.querySelector("#panel .panel__title");
      const isAround = document.activeElement?.closest?.("#panel, .ag-root, [data-key]") || document.activeElement === document.body;
      if (isAround) title?.focus({ preventScroll: true });
      const panel = $("panel");
      panel.scrollTop = 0;
      const { top } = panel.getBoundingClientRect();
      if (innerWidth < 1180 && (top < 0 || top > innerHeight * 0.7)) panel.scrollIntoView({ block: "start" });
    }
    shownEvent = event;
  };

  /* A link to an event opens where it is told: once nothing has moved the panel for a while, and only for a
     reader who has not begun to do something. A story's text and what is embedded stay in sight instead. */
  const GESTURES = ["scroll", "wheel", "touchmove", "pointerdown", "keydown"];
  let isBegun = false;
  const begin = (event) => {
    /* A part of the page that scrolls within itself says nothing of the reader. */
    if (event?.type === "scroll" && event.target !== document) return;
    isBegun = true;
    for (const gesture of GESTURES) removeEventListener(gesture, begin, { capture: true });
  };
  for (const gesture of GESTURES) addEventListener(gesture, begin, { capture: true, passive: true });
  const showFirstPanel = (top = NaN, since = 0) => {
    const now = performance.now();
    const panel = $("panel");
    const place = Math.round(panel.getBoundingClientRect().top);
    if (isBegun || scrollY || now > 30000 || !shownEvent) return begin();
    const isMoved = place !== top || wired.size < 3 || !panel.querySelector(".panel__title");
    const still = isMoved ? now : since;
    if (now - still < 500) return setTimeout(showFirstPanel, 50, place, still);
    begin();
    if (place > innerHeight * 0.7) panel.scrollIntoView({ block: "start", behavior: isStill() ? "instant" : "smooth" });
  };
  let isFirst = Boolean(shownEvent && !asked().get("story") && !asked().get("embed"));

  /* Bring one element to the state of another: what is the same stays, with its focus and its folds. */
  const morph = (now, next) => {
    if (now.nodeType !== next.nodeType || now.nodeName !== next.nodeName) return now.replaceWith(next);
    if (now.nodeType !== Node.ELEMENT_NODE) {
      if (now.data !== next.data) now.data = next.data;
      return;
    }
    for (const { name } of [...now.attributes]) if (name !== "open" && name !== "hidden" && !next.hasAttribute(name)) now.removeAttribute(name);
    for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
    morphChildren(now, next);
  };
  const morphChildren = (now, next) => {
    const [old, fresh] = [[...now.childNodes], [...next.childNodes]];
    fresh.forEach((child, at) => (at < old.length ? morph(old[at], child) : now.append(child)));
    old.slice(fresh.length).forEach((child) => child.remove());
  };
  const parser = new DOMParser();
  const put = (parts) => {
    for (const [id, text] of Object.entries(parts)) {
      const place = $(id);
      if (place) morphChildren(place, parser.parseFromString(text, "text/html").body);
    }
  };
  let latest = 0;
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

  return {
    /* Put the page's parts in place: some at once, the links when the figures have drawn. */
    fill: async (parts) => {
      const mine = ++latest;
      if (parts) {
        put(parts.now);
        await frame();
        await frame();
        if (mine === latest) {
          put(parts.later);
          followNext();
        }
      }
      return window.dash_clientside.no_update;
    },
    /* After each answer: show the table only on its tab, let it ask for its rows again. */
    turned: (answer) => {
      if (!answer) return window.dash_clientside.no_update;
      drawn = answer.query;
      pending = null;
      const query = asked();
      const tab = query.get("tab") || "events";
      requestAnimationFrame(() => requestAnimationFrame(played));
      requestAnimationFrame(() => {
        drawBrush();
        focusPanel(query);
        if (isFirst) showFirstPanel();
        isFirst = false;
        if (scrollTo) $(scrollTo)?.scrollIntoView({ block: "center" });
        scrollTo = "";
        setTimeout(listenToTabs, 300);
      });
      if (tab === "events" && !play.on) {
        try {
          const grid = window.dash_ag_grid.getApi("rows");
          grid?.refreshInfiniteCache();
          /* A row whose event is not open is not chosen, so that a second click on it opens it again. */
          const [row] = grid?.getSelectedRows() ?? [];
          if (row && row.event_id !== query.get("event")) grid.deselectAll();
        } catch {
          /* The grid is not there yet; it asks for its first rows itself. */
        }
      }
      showPlay();
      const embed = query.get("embed");
      return `page page--${tab}${embed ? ` page--embed page--embed-${embed}` : ""}`;
    },
  };
})();
window.dash_clientside = Object.assign({}, window.dash_clientside, { conflict: window.conflict });
