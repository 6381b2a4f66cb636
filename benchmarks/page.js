/* Times what a reader waits for; put into the page before its own scripts. */
window.bench = (() => {
  const NAMES = ["timeline", "map"];
  const graph = (name) => document.querySelector(`#graph-${name} .js-plotly-plot`);
  const drawn = {};
  let first = 0;
  let waiting = null;

  /* A figure counts as drawn when its marks are: the page starts with two empty ones. */
  const note = (name) => {
    if (!graph(name).data?.length) return;
    drawn[name] = performance.now();
    if (!first && NAMES.every((one) => drawn[one])) first = performance.now();
    if (!waiting) return;
    waiting.left.delete(name);
    if (waiting.left.size) return;
    waiting.done(performance.now());
    waiting = null;
  };
  const heard = new WeakSet();
  new MutationObserver(() => {
    for (const name of NAMES) {
      const one = graph(name);
      if (!one?.on || heard.has(one)) continue;
      heard.add(one);
      one.on("plotly_afterplot", () => note(name));
    }
  }).observe(document, { childList: true, subtree: true });

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)));
  const asked = () => performance.getEntriesByType("resource").filter((entry) => entry.name.includes("_dash-update-component"));

  /* Click, and give the milliseconds until both figures have drawn, in parts. */
  const click = async (element) => {
    performance.clearResourceTimings();
    const start = performance.now();
    const both = new Promise((done, failed) => {
      waiting = { left: new Set(NAMES), done };
      setTimeout(() => failed(new Error("one of the figures was not drawn again")), 120000);
    });
    element.click();
    const end = await both;
    const paint = await painted();
    // An answer to an earlier click, that of the table's rows, may have come meanwhile.
    const answer = asked().filter((entry) => entry.startTime >= start).sort((one, other) => one.startTime - other.startTime)[0];
    return {
      total: end - start,
      paint: paint - start,
      before: answer.requestStart - start,
      server: answer.responseStart - answer.requestStart,
      transfer: answer.responseEnd - answer.responseStart,
      client: end - answer.responseEnd,
      bytes: answer.encodedBodySize,
      decoded: answer.decodedBodySize,
    };
  };

  /* How many answers the last click has had so far, and their bytes over the wire, all together. */
  const answers = () => ({
    requests: asked().length,
    all_bytes: asked().reduce((total, entry) => total + entry.encodedBodySize, 0),
  });

  /* The time between frames, from `record` until `recorded`. */
  let gaps = [];
  let isOn = false;
  const record = () => {
    gaps = [];
    isOn = true;
    let last = 0;
    const step = (now) => {
      if (last) gaps.push(now - last);
      last = now;
      if (isOn) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };
  const recorded = () => {
    isOn = false;
    return gaps;
  };

  /* What has been loaded so far, in kilobytes as they came over the wire. */
  const loaded = () => {
    const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const sum = (entries, key) => entries.reduce((total, entry) => total + entry[key], 0) / 1000;
    const scripts = all.filter((entry) => /\.js(\?|$)/.test(entry.name));
    return {
      requests: all.length,
      total_kb: sum(all, "encodedBodySize"),
      script_kb: sum(scripts, "encodedBodySize"),
      script_decoded_kb: sum(scripts, "decodedBodySize"),
      wire_kb: sum(all, "transferSize"),
      turns: asked().length,
      largest: scripts
        .sort((one, other) => other.encodedBodySize - one.encodedBodySize)
        .slice(0, 8)
        .map((entry) => [entry.name.split("/").pop().split("?")[0], entry.encodedBodySize / 1000]),
    };
  };

  performance.setResourceTimingBufferSize(2000);
  return { click, answers, record, recorded, loaded, pause, first: () => first };
})();
